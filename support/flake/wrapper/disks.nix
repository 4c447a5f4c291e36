# The host's own file systems in a virtual machine: what is in memory or leads elsewhere stays as it is, what is on a disk gets an empty
# disk with the same file system and options. What is in the network, and what is made of other parts, is left out; the report says so.
{
  host,
  # File systems of which an empty one can be made here; an ext4 stands for the others.
  formats,
}:
let
  inherit (builtins)
    attrNames
    elem
    elemAt
    filter
    genList
    head
    length
    listToAttrs
    match
    ;
  all = host.config.fileSystems or { };

  # The root disk, the store and what Nix keeps beside it are the machine's own.
  isTheirs = mountPoint: elem mountPoint [ "/" "/nix" ] || match "/nix/.*" mountPoint != null;
  isOn = fileSystem: fileSystem.enable or true;
  others = filter (mountPoint: !isTheirs mountPoint && isOn all.${mountPoint}) (attrNames all);

  # No disk of its own: in memory, or another place of the same tree.
  isInner =
    { fsType, options, ... }:
    elem fsType [ "tmpfs" "ramfs" "none" "bind" "hugetlbfs" ] || elem "bind" options || elem "rbind" options;
  # Elsewhere, or made of other parts.
  isForeign =
    { fsType, ... }:
    elem fsType [ "9p" "afs" "ceph" "cifs" "davfs" "glusterfs" "iso9660" "nfs" "nfs4" "overlay" "smb3" "squashfs" "virtiofs" ]
    || match "fuse[.]?.*" fsType != null;

  inner = filter (mountPoint: isInner all.${mountPoint}) others;
  wanted = filter (mountPoint: !isInner all.${mountPoint} && !isForeign all.${mountPoint}) others;
  # A virtual machine has room for so many disks more.
  room = 12;
  onDisk = if length wanted > room then genList (elemAt wanted) room else wanted;

  formatOf = { fsType, ... }: if elem fsType formats then fsType else "ext4";
  # About parts that an empty file system has not, or for another file system.
  keeps =
    format: fsType: option:
    match "(subvol|subvolid|X-mount[.]subdir|x-systemd[.](requires|after|before|device-timeout|requires-mounts-for))=.*|x-systemd[.]makefs|zfsutil" option == null
    && (format == fsType || elem option generic);
  generic = [ "ro" "rw" "noexec" "nosuid" "nodev" "noatime" "relatime" "nofail" "noauto" "sync" "x-systemd.automount" ];

  same = mountPoint: {
    name = mountPoint;
    value = {
      inherit (all.${mountPoint}) device fsType options neededForBoot;
    };
  };
  disk =
    index:
    let
      mountPoint = elemAt onDisk index;
      entry = all.${mountPoint};
      format = formatOf entry;
    in
    {
      inherit mountPoint format;
      # udev names the disk by it.
      serial = "data${toString index}";
      value = {
        device = "/dev/disk/by-id/virtio-data${toString index}";
        fsType = format;
        # It is there for certain; an emulated machine may be slow to find it.
        options = [ "x-systemd.device-timeout=15min" ] ++ filter (option: option != "defaults" && keeps format entry.fsType option) entry.options;
        inherit (entry) neededForBoot;
      };
    };
  disks = genList disk (length onDisk);
in
{
  # The places that are left over.
  noRoom = filter (mountPoint: !elem mountPoint onDisk) wanted;
  # [ { serial, format } ]
  disks = map ({ serial, format, ... }: { inherit serial format; }) disks;
  fileSystems = listToAttrs (
    map same inner ++ map ({ mountPoint, value, ... }: { name = mountPoint; inherit value; }) disks
  );
  # Impermanence: what is not put elsewhere is gone after a reboot, in the machine as well.
  rootInMemory =
    if all ? "/" && elem all."/".fsType [ "tmpfs" "ramfs" ] then { inherit (all."/") fsType options; } else null;
}
