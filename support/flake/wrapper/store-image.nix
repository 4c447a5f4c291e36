# The machine's store as an image that is made once for a closure, and only read by everything that is started with it. qemu-vm.nix makes
# it at each start, to be written to, in the machine's own folder: every saved state would hold a copy. So its image is turned off, the
# same file systems are mounted without it, and the runner makes the image and gives it to QEMU.
rec {
  # Of a NixOS of today: an erofs below an overlay that is mounted by fileSystems. Where qemu-vm.nix does it in another way, its own image
  # stays; before, that was a qcow2 on top of one that Nix builds, which is shared already.
  fits =
    modulesPath:
    saysAll modulesPath [
      "--tar=f"
      "overlay = {"
      "mountHostNixStore"
    ];

  # The script writes the whole of it at each start.
  isCostly = modulesPath: !(fits modulesPath) && saysAll modulesPath [ "mkfs.erofs" ];

  saysAll =
    modulesPath:
    let
      file = "${toString modulesPath}/virtualisation/qemu-vm.nix";
      text = builtins.readFile file;
      says = words: builtins.replaceStrings [ words ] [ "" ] text != text;
    in
    words: builtins.pathExists file && builtins.all says words;

  label = "nix-store";

  module =
    {
      lib,
      modulesPath,
      options,
      ...
    }:
    {
      _file = "nixcumber: the store's image";

      config = lib.optionalAttrs (fits modulesPath && options.virtualisation ? mountHostNixStore) {
        virtualisation = {
          # The harness wants it, at 50.
          useNixStoreImage = lib.mkOverride 40 false;
          mountHostNixStore = lib.mkForce false;
          fileSystems = {
            "/nix/store".overlay = {
              lowerdir = [ "/nix/.ro-store" ];
              upperdir = "/nix/.rw-store/upper";
              workdir = "/nix/.rw-store/work";
            };
            "/nix/.ro-store" = {
              device = "/dev/disk/by-label/${label}";
              fsType = "erofs";
              neededForBoot = true;
              options = [ "ro" ];
            };
          };
        };
      };
    };

  # A folder with a program that writes the image to the path that it is given, and with what is known of what will be in it.
  maker =
    {
      config,
      modulesPath,
      options,
      pkgs,
      ...
    }:
    let
      runner = if options.virtualisation.host.pkgs.isDefined or false then config.virtualisation.host.pkgs else pkgs;
      # The kernel is told where this one is, for the machine's Nix to know its store.
      registration = runner.closureInfo { rootPaths = config.virtualisation.additionalPaths; };
      closure = runner.closureInfo {
        rootPaths = [
          config.system.build.toplevel
          registration
        ];
      };
      program = runner.writeScript "make-store-image" ''
        #!${runner.stdenv.shell}
        set -e -o pipefail
        ${runner.gnutar}/bin/tar --create --absolute-names --verbatim-files-from --transform 'flags=rSh;s|/nix/store/||' \
          --files-from ${closure}/store-paths |
          ${runner.erofs-utils}/bin/mkfs.erofs --quiet --force-uid=0 --force-gid=0 -L ${label} \
            -U 6e697863-756d-4265-8000-73746f726521 -T 0 --tar=f "$1"
      '';
    in
    if fits modulesPath then
      runner.runCommand "store-image-maker" { preferLocalBuild = true; } ''
        mkdir $out
        ln -s ${program} $out/make
        ln -s ${closure} $out/closure
      ''
    else
      null;
}
