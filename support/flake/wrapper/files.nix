# Puts the files that were handed over into the machine, before anything of its activation runs: a key must be there when sops-nix and
# agenix decrypt. They are on a disk of their own (support/machine/qemu/files-disk.ts); nothing of them is in the store.
{ lib, pkgs, ... }:
let
  place = builtins.toFile "nixcumber-files.sh" (builtins.readFile ./place-files.sh);
  # Nothing is mounted or in PATH for certain yet.
  path = lib.makeBinPath [
    pkgs.coreutils
    pkgs.util-linux
  ];
in
{
  _file = "nixcumber: files handed over";

  config = {
    # The name comes first in the order of names, by which scripts run that wait for no other (lib.textClosureMap).
    system.activationScripts."00-nixcumber-files" = {
      deps = [ ];
      text = ''
        PATH=${path} ${pkgs.bash}/bin/bash ${place} early
      '';
    };

    # Once more when every file system is mounted and every user is there: what a mount has hidden, and owners by name.
    systemd.services.nixcumber-files = {
      description = "files handed over to the machine";
      wantedBy = [ "sysinit.target" ];
      before = [
        "sysinit.target"
        "agenix-install-secrets.service"
        "sops-install-secrets.service"
      ];
      after = [
        "local-fs.target"
        "systemd-sysusers.service"
        "userborn.service"
      ];
      unitConfig.DefaultDependencies = false;
      restartIfChanged = false;
      environment.PATH = lib.mkForce path;
      serviceConfig = {
        Type = "oneshot";
        RemainAfterExit = true;
        ExecStart = "${pkgs.bash}/bin/bash ${place} late";
      };
    };
  };
}
