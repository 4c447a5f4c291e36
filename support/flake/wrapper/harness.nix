# What a host needs to be judged, and nothing else: a way in for nixcumber, and a virtual machine of which a snapshot
# can be taken. What of it is not as the host has it is found by differences.nix and shown in every report.
{
  # { authorizedKey, agent, memorySize?, cores?, diskSize? }: agent is the text of the program at the guest's end of the port.
  settings,
  # What the host says of an option, by its path.
  kept,
  # { memorySize, cores, diskSize }: what it needs where it does not say so itself.
  size,
  # The host's own file systems: disks.nix.
  disks,
}:
{
  config,
  lib,
  options,
  pkgs,
  ...
}:
let
  inherit (lib)
    mkForce
    mkIf
    mkMerge
    mkOverride
    optionalAttrs
    ;
  port = "/dev/virtio-ports/nixcumber";
  # udev makes the port when it gets round to it. A unit that failed until then would be news on the console and a failed
  # unit to its readers, so the program itself waits.
  agent = builtins.toFile "nixcumber-agent.sh" ''
    until [[ -c ${port} ]]; do sleep 0.1; done
    ${settings.agent}
  '';

  # Newer and older NixOS differ in what a virtual machine can be told.
  virtualisation =
    name: value:
    optionalAttrs (options.virtualisation ? ${name}) { virtualisation.${name} = mkForce value; };
  # nixos-shell's own numbers have priority 900, those of the host's vmVariant 100.
  sized =
    name:
    optionalAttrs (options.virtualisation ? ${name}) {
      virtualisation.${name} =
        if settings ? ${name} then mkForce settings.${name} else mkOverride 890 size.${name};
    };
  nixosShell =
    name: value:
    optionalAttrs (options ? nixos-shell.mounts.${name}) { nixos-shell.mounts.${name} = mkForce value; };

  # Whether a path leads to an option, or into one.
  isDeclared =
    path: set:
    set._type or null == "option"
    || path != [ ] && set ? ${builtins.head path} && isDeclared (builtins.tail path) set.${builtins.head path};
  keep =
    path: optionalAttrs (isDeclared path options) (lib.setAttrByPath path (mkOverride 90 (kept path)));
in
{
  _file = "nixcumber's harness";

  config = mkMerge [
    # Nothing of the runner's user gets in.
    (nixosShell "mountHome" false)
    (nixosShell "mountNixProfile" false)
    (optionalAttrs (options ? nixos-shell.inheritPath) { nixos-shell.inheritPath = mkForce false; })

    # A mounted 9p share forbids snapshots, hence the store as an image and no shares.
    (virtualisation "useNixStoreImage" true)
    (virtualisation "sharedDirectories" { })
    (virtualisation "graphics" false)
    # Ports of the runner that are named belong to one machine at a time; a woken one or another worker's would find them taken.
    (virtualisation "forwardPorts" [ ])
    (sized "memorySize")
    (sized "cores")
    (sized "diskSize")

    # The host's further file systems, weaker than what its vmVariant says of them. Without the default ones it has its own way.
    (optionalAttrs (options.virtualisation ? fileSystems) {
      virtualisation.fileSystems = mkIf (config.virtualisation.useDefaultFilesystems or true) (
        mkMerge [
          (lib.mapAttrs (_: lib.mapAttrs (_: mkOverride 900)) disks.fileSystems)
          (optionalAttrs (disks.rootInMemory != null) {
            "/" = {
              device = mkOverride 90 "none";
              fsType = mkOverride 90 disks.rootInMemory.fsType;
              options = mkOverride 90 disks.rootInMemory.options;
            };
            # The store, what is written to it, and what Nix knows of it are still there after a reboot, as on the host.
            "/nix" = mkIf (config.virtualisation.diskImage or "" != null) {
              device = config.virtualisation.rootDevice;
              fsType = "ext4";
              neededForBoot = true;
            };
          })
        ]
      );
    })

    # A kept machine without a disk of its own for it would lose what it added to the store at the next boot, and remember it.
    (virtualisation "writableStore" true)
    (virtualisation "writableStoreUseTmpfs" false)

    # nixos-shell and qemu-vm.nix have their own mind about these; nothing of a machine needs it. Stronger than what is said plainly
    # (100), so that the host is not turned away for having said it too.
    (keep [ "networking" "firewall" "enable" ])
    (keep [ "services" "getty" "autologinUser" ])
    (keep [ "services" "qemuGuest" "enable" ])
    (keep [ "services" "timesyncd" "enable" ])
    (keep [ "users" "users" "root" "initialHashedPassword" ])
    (keep [ "users" "users" "root" "shell" ])
    # A network card is called eth0 unless the host names it (network/module.nix), whatever is plugged in.
    { networking.usePredictableInterfaceNames = mkOverride 90 false; }

    { users.users.root.openssh.authorizedKeys.keys = [ settings.authorizedKey ]; }

    {
      systemd.services.nixcumber-agent = {
        description = "nixcumber's end of the harness port";
        wantedBy = [ "multi-user.target" ];
        # udev makes the port known (99-systemd.rules); it may turn up late, and the other end may come and go: never give up.
        wants = [ "dev-virtio\\x2dports-nixcumber.device" ];
        after = [ "dev-virtio\\x2dports-nixcumber.device" ];
        startLimitIntervalSec = 0;
        # A feature may switch to another generation by this very agent.
        unitConfig = {
          X-RestartIfChanged = false;
          X-StopOnRemoval = false;
        };
        environment.PATH = mkForce "/run/wrappers/bin:/run/current-system/sw/bin";
        serviceConfig = {
          ExecStart = "${pkgs.bash}/bin/bash ${agent} ${port}";
          Restart = "always";
          RestartSec = "250ms";
          # What it runs for a feature is not a part of it: a started daemon outlives a restart of the agent.
          KillMode = "process";
          # Nor does the agent end because one of them was killed for want of memory.
          OOMPolicy = "continue";
        };
      };
    }
  ];
}
