# What is needed to install a host: its very system and disk script, and a machine of the same nixpkgs that has both in its store.
hosts: name:
let
  host = hosts.${name};
  inherit (host) config;
  inherit (config.system) build;
  pkgs = host.pkgs or config._module.args.pkgs;
  evaluate = import "${toString pkgs.path}/nixos/lib/eval-config.nix";

  rescue = evaluate {
    system = null;
    modules = [
      (
        { modulesPath, pkgs, ... }:
        {
          imports = [ "${modulesPath}/virtualisation/qemu-vm.nix" ];
          nixpkgs.hostPlatform = host.config.nixpkgs.hostPlatform or "x86_64-linux";
          networking.hostName = "rescue";
          system.stateVersion = config.system.stateVersion;
          virtualisation = {
            graphics = false;
            memorySize = 1024;
            cores = 1;
            writableStore = true;
            additionalPaths = [
              build.toplevel
              build.diskoScript
            ];
          };
          # The disks of the host come by one of these buses.
          boot.kernelModules = [
            "virtio_scsi"
            "ahci"
            "nvme"
            "sd_mod"
          ];
          environment.systemPackages = [
            pkgs.nix
            pkgs.nixos-install-tools
          ];
        }
      )
      # As installers have it (nixos/modules/profiles/installation-device.nix): rules of udev name arrays. Before 23.05 there was nothing to turn on.
      (
        { options, pkgs, ... }:
        {
          boot =
            if options.boot ? swraid then
              {
                swraid.enable = true;
                # Without a word to whom it reports, NixOS warns.
                swraid.mdadmConf = "PROGRAM ${pkgs.coreutils}/bin/true";
              }
            else
              { };
        }
      )
    ];
  };

  # What the host expects beyond a card with DHCP, which is all that there is.
  network = import ./network/plan.nix {
    inherit config;
    isOwn = false;
  };

  text = value: builtins.unsafeDiscardStringContext (toString value);
  loader = config.boot.loader;
  isOn = path: (import ./reach.nix path config).value or false == true;

  # What the host waits for at its boot, by the names that it has for it.
  named =
    set: names:
    builtins.filter builtins.isString (map (name: if set.${name} ? device && set.${name}.device != null then text set.${name}.device else null) names);
  all = set: named set (builtins.attrNames set);
  waitsFor =
    all (config.fileSystems or { })
    ++ all (config.boot.initrd.luks.devices or { })
    ++ builtins.filter builtins.isString (map (swap: if swap ? device then text swap.device else null) (config.swapDevices or [ ]));
in
{
  toplevel = text build.toplevel.drvPath;
  script = text build.diskoScript.drvPath;
  rescue = text rescue.config.system.build.vm.drvPath;
  # Debian's name of the loader is NixOS's: systemd-boot is UEFI's alone, GRUB is either.
  uefi = isOn [ "boot" "loader" "systemd-boot" "enable" ] || isOn [ "boot" "loader" "grub" "efiSupport" ];
  luks = import ./luks.nix config;
  cards = map (card: {
    name = if card.name == null then card.mac else card.name;
    option = builtins.head (card.options ++ [ "networking" ]);
    addresses = map ({ address, prefixLength, ... }: "${address}/${toString prefixLength}") card.addresses;
  }) network.cards;
  systemdBoot = isOn [ "boot" "loader" "systemd-boot" "enable" ];
  inherit waitsFor;
  # Drivers that its initrd has beside its own defaults: they say by which bus a disk may come.
  drivers = map text ((config.boot.initrd.availableKernelModules or [ ]) ++ (config.boot.initrd.kernelModules or [ ]));
}
