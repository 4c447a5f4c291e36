# What a host needs to be judged, and nothing else: a way in for nixcumber, and a virtual machine of which a snapshot
# can be taken. What it sets is listed in harness-options.ts and shown in every report.
{
  # { authorizedKey, agent, memorySize?, cores? }: agent is the text of the program at the guest's end of the port.
  settings,
  # The host as it is without us.
  host,
}:
{
  lib,
  options,
  pkgs,
  ...
}:
let
  inherit (lib) mkForce mkMerge optionalAttrs;
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
  nixosShell =
    name: value:
    optionalAttrs (options ? nixos-shell.mounts.${name}) { nixos-shell.mounts.${name} = mkForce value; };
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
    (optionalAttrs (settings ? memorySize) { virtualisation.memorySize = mkForce settings.memorySize; })
    (optionalAttrs (settings ? cores) { virtualisation.cores = mkForce settings.cores; })

    # nixos-shell turns the firewall off unless the host says otherwise in so many words; 900 is its priority.
    { networking.firewall.enable = lib.mkOverride 890 host.config.networking.firewall.enable; }

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
