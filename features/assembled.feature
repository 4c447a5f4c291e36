Feature: A flake assembled in the feature
  For trying out a module: the thin root and the modules are written here, and boot as they would in a repository.

  Scenario: One module, one host
    Given a dendritic flake
    And the module "nixos/motd.nix":
      """nix
      {
        flake.modules.nixos.motd = {
          users.motd = "Hello from a module\n";
          services.openssh.enable = true;
        };
      }
      """
    And the host "tiny" with modules "motd"
    And machine "tiny" is running
    Then host "tiny" evaluates
    And file "/etc/motd" contains "Hello from a module"
    And service "sshd" is active

  Scenario: A directory as a start, and one module on top
    Given a dendritic flake from "fixtures/flakes/laptop"
    And the module "nixos/no-web.nix":
      """nix
      { lib, ... }:
      {
        flake.modules.nixos.web.services.nginx.enable = lib.mkForce false;
      }
      """
    Then option "services.nginx.enable" of host "t14" is "false"
