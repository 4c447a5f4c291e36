@vm
Feature: A full disk is nobody's configuration
  Where Nix and machines keep what they make, next to nothing is left. That is no fault of the host that was to be judged.

  Scenario: In the middle of a build
    Given a project with the file "features/full.feature":
      """
      Feature: Full
        Scenario: needs 60 MB
          Given a dendritic flake
          And the module "hosts/big.nix":
            ```
            { inputs, ... }:
            {
              flake.nixosConfigurations.big = inputs.nixpkgs.lib.nixosSystem {
                modules = [
                  (
                    { pkgs, ... }:
                    {
                      nixpkgs.hostPlatform = "x86_64-linux";
                      environment.etc.big.source = pkgs.runCommand "big" { } "head -c 60000000 /dev/urandom > $out";
                    }
                  )
                ];
              };
            }
            ```
          And machine "big" is running
          Then the system is running
      """
    When nixcumber is called with "run --offline" where 25 MiB are left for Nix and machines
    Then the exit code is 3
    And nixcumber says "No space left on device"
    And nixcumber says "free some space: nixcumber clean, nix store gc"
