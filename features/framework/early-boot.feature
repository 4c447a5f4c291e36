@vm
Feature: What a machine says before its console is there
  The console of a machine is a virtio device, silent until its driver is loaded. The kernel talks on a second serial port from its first
  moment on, so that a machine that never gets that far is given up in seconds, with its own words.

  Scenario: It panics without a console
    Given a project with the file "flake.nix":
      """
      {
        inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
        outputs =
          { nixpkgs, ... }:
          {
            nixosConfigurations.mute = nixpkgs.lib.nixosSystem {
              modules = [
                {
                  networking.hostName = "mute";
                  nixpkgs.hostPlatform = "x86_64-linux";
                  # Neither an initrd to go on with, nor the driver of the console.
                  boot.kernelParams = [ "rdinit=/nothing" "root=/dev/nowhere" "initcall_blacklist=virtio_console_init" ];
                }
              ];
            };
          };
      }
      """
    And a project with the file "features/mute.feature":
      """
      Feature: Mute
        Scenario: It would boot
          Given machine "mute" is running
          Then the system is running
      """
    When nixcumber is called with "run --offline --out out"
    Then the exit code is 1
    And nixcumber says 'Machine "mute" did not boot: it panicked'
    And nixcumber says "Kernel panic - not syncing: VFS: Unable to mount root fs"
    And the file "out/evidence/machines/mute.console.log" of the project contains "the kernel's second serial port"
