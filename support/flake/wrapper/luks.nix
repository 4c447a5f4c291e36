# What LUKS of a host's layout is made and opened with: keys while it is laid out, and what is asked for at its boot.
config:
let
  inherit (builtins) attrValues concatLists filter isAttrs isString;
  get = import ./reach.nix;
  value = path: default: (get path config).value or default;
  text = value: builtins.unsafeDiscardStringContext (toString value);

  # Whatever lies in a disk, an array, a volume or a partition; disko's own attributes begin with an underscore.
  each = set: if builtins.isList set then set else attrValues set;
  inside = node: (if node.content or null == null then [ ] else [ node.content ]) ++ each (node.partitions or [ ]) ++ each (node.lvs or [ ]);
  luksIn = node: (if node.type or null == "luks" then [ node ] else [ ]) ++ concatLists (map luksIn (filter isAttrs (inside node)));
  devices = value [ "disko" "devices" ] { };
  made = concatLists (map (kind: concatLists (map luksIn (attrValues (devices.${kind} or { })))) [ "disk" "mdadm" "lvm_vg" ]);

  given = filter isString;
  filesOf = luks: given ([ (luks.passwordFile or null) (luks.keyFile or null) (luks.settings.keyFile or null) ] ++ luks.additionalKeyFiles or [ ]);
  part = luks: luks ? settings.keyFileSize || luks ? settings.keyFileOffset;

  systemd = value [ "boot" "initrd" "systemd" "enable" ] false == true;
  opened = attrValues (builtins.mapAttrs (name: device: device // { inherit name; }) (value [ "boot" "initrd" "luks" "devices" ] { }));
  # NixOS's stage 1 asks when a key's file does not come, if it may; systemd's always does (nixos/modules/system/boot/luksroot.nix).
  isAsked = device: device.keyFile or null == null || device.fallbackToPassword or false || systemd;
  parameters = filter (word: builtins.match "console=.*" word != null) (map text (value [ "boot" "kernelParams" ] [ ]));
in
{
  # Files that are written with a passphrase for the occasion before the disks are laid out.
  files = map text (concatLists (map filesOf made));
  # How many passphrases are typed then; disko asks for each twice, and once more to open it.
  typed = builtins.length (filter (luks: luks.askPassword or false) made);
  # Devices for which a passphrase is asked at the boot.
  asked = map (device: text device.device) (filter isAsked opened);
  # Where it is asked: the last console of the kernel is /dev/console.
  console = if parameters == [ ] then null else builtins.elemAt parameters (builtins.length parameters - 1);
  inherit systemd;
  unfit =
    map (device: "boot.initrd.luks.devices.${device.name}.keyFile = ${text device.keyFile}, and fallbackToPassword is off") (
      filter (device: !(isAsked device)) opened
    )
    ++ map (luks: "the key of LUKS \"${luks.name}\" is a part of a file (keyFileSize, keyFileOffset)") (filter part made);
}
