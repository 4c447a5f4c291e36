# What a host needs of the computer on which it is installed, as far as its configuration says.
hosts: name:
let
  host = hosts.${name};
  inherit (host) config;
  inherit (builtins)
    any
    attrValues
    concatMap
    elem
    filter
    head
    isAttrs
    isString
    map
    ;
  pkgs = host.pkgs or config._module.args.pkgs;
  text = value: builtins.unsafeDiscardStringContext (toString value);
  at = path: default: (import ./reach.nix path config).value or default;
  isOn = path: at path false == true;

  loaderNames = filter (loader: isOn [ "boot" "loader" loader "enable" ]) [
    "generic-extlinux-compatible"
    "grub"
    "limine"
    "refind"
    "systemd-boot"
  ];
  lanzaboote = isOn [ "boot" "lanzaboote" "enable" ];
  grub = isOn [ "boot" "loader" "grub" "enable" ];
  grubEfi = grub && isOn [ "boot" "loader" "grub" "efiSupport" ];
  # `nodev`: GRUB is put where UEFI finds it, and nowhere else (nixos/modules/system/boot/loader/grub/grub.nix).
  grubDevices = concatMap (mirror: mirror.devices or [ ]) (at [ "boot" "loader" "grub" "mirroredBoots" ] [ ])
    ++ at [ "boot" "loader" "grub" "devices" ] [ ];
  limine = isOn [ "boot" "loader" "limine" "enable" ];

  expected = import ./network/expected.nix config;
  inherit (expected) made;
  # What stands on a bridge or a bond has its addresses on the card below; null where no card is known for it.
  grounded =
    claim:
    let
      wanted = if claim.names == [ ] then null else head claim.names;
      isMade = wanted != null && made.virtual ? ${wanted};
      found = if isMade then made.ground wanted else null;
    in
    if !isMade then
      claim // { on = null; tagged = false; }
    else
      claim // { names = if found == null then [ ] else [ found.card ]; on = wanted; tagged = found != null && found.tagged; };
  says = claim: claim.addresses != [ ] || claim.gateways != [ ] || claim.dhcp;
  claims = filter (claim: !claim.mentioned && says claim && !(any (name: name == "lo") claim.names)) expected.claims;

  networks = if isOn [ "systemd" "network" "enable" ] then attrValues (at [ "systemd" "network" "networks" ] { }) else [ ];
  routes = network: map (route: route.routeConfig or route) (network.routes or [ ]);
  isTrue = value: builtins.elem (toString value) [ "1" "yes" "true" "on" ];
in
{
  system = text pkgs.stdenv.hostPlatform.system;
  boot = {
    loaders = loaderNames ++ (if lanzaboote then [ "lanzaboote" ] else [ ]);
    uefi =
      isOn [ "boot" "loader" "systemd-boot" "enable" ] || lanzaboote || grubEfi || isOn [ "boot" "loader" "refind" "enable" ]
      || limine && at [ "boot" "loader" "limine" "efiSupport" ] true == true;
    bios =
      grub && (!grubEfi || any (device: device != "nodev") grubDevices)
      || limine && isOn [ "boot" "loader" "limine" "biosSupport" ];
    is64Bit = pkgs.stdenv.hostPlatform.is64bit or true && !(isOn [ "boot" "loader" "grub" "forcei686" ]);
    isSigned = lanzaboote;
  };
  # Those of its initrd, beside what they need themselves.
  initrdModules =
    if at [ "boot" "initrd" "enable" ] true == true then
      map text ((at [ "boot" "initrd" "availableKernelModules" ] [ ]) ++ (at [ "boot" "initrd" "kernelModules" ] [ ]))
    else
      [ ];
  blacklisted = map text (at [ "boot" "blacklistedKernelModules" ] [ ]);
  sshd = isOn [ "services" "openssh" "enable" ];
  hostKeys = map (key: text key.path) (filter isAttrs (at [ "services" "openssh" "hostKeys" ] [ ]));
  # In memory, and below what is mounted over it later, no file stays.
  keepsEtcSsh =
    let
      mounts = attrValues (at [ "fileSystems" ] { });
      over = concatMap (point: filter (mount: mount.mountPoint == point) mounts) [ "/etc/ssh" "/etc" "/" ];
      first = head over;
    in
    over == [ ] || !(elem (first.fsType or "auto") [ "tmpfs" "ramfs" "overlay" ]) && !(elem "bind" (first.options or [ ]));
  network = {
    claims = map (claim: {
      inherit (claim) option names patterns macs dhcp on tagged;
      addresses = map ({ address, prefixLength, ... }: { inherit address; prefix = prefixLength; }) claim.addresses;
      gateways = filter isString claim.gateways;
    }) (map grounded claims);
    gateways = map ({ address, interface }: {
      inherit address;
      interface = let found = if interface == null then null else made.ground interface; in if found == null then interface else found.card;
    }) expected.gateways;
    # Gateways that are reached though they lie in no network of their card; a gateway that is named with its interface is, too.
    onLink =
      concatMap (network: filter isString (map (route: if isTrue (route.GatewayOnLink or false) then route.Gateway or null else null) (routes network))) networks
      ++ map ({ address, ... }: address) (filter ({ interface, ... }: interface != null) expected.gateways);
    named = map ({ name, macs, ... }: { inherit name macs; }) expected.named;
    inherit (expected) dynamic;
    predictable = at [ "networking" "usePredictableInterfaceNames" ] true == true;
  };
}
