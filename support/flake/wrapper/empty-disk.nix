# An empty file system of 4 GiB, of which only its tables take room: made once for all machines, by the runner's own programs, since a
# guest's initrd has them not.
{
  config,
  options,
  pkgs,
  ...
}:
format:
let
  runner = if options.virtualisation.host.pkgs.isDefined or false then config.virtualisation.host.pkgs else pkgs;
  qemu = config.virtualisation.qemu.package or null;
  programs = {
    btrfs = { package = "btrfs-progs"; command = "mkfs.btrfs -q"; };
    f2fs = { package = "f2fs-tools"; command = "mkfs.f2fs -q"; };
    vfat = { package = "dosfstools"; command = "mkfs.vfat -F 32"; };
    xfs = { package = "xfsprogs"; command = "mkfs.xfs -q"; };
  };
  ext = { package = "e2fsprogs"; command = "mkfs.${format} -q -E lazy_itable_init=1"; };
  inherit (programs.${format} or ext) package command;
in
runner.runCommand "empty-${format}"
  {
    nativeBuildInputs = [ runner.${package} ] ++ (if qemu == null then [ ] else [ qemu ]);
  }
  ''
    truncate -s 4G disk.raw
    ${command} disk.raw
    mkdir $out
    qemu-img convert -O qcow2 disk.raw $out/disk.qcow2
  ''
