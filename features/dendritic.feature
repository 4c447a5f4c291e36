Feature: Any dendritic repository
  flake-parts is one way to evaluate the modules; `lib.evalModules` and no flake at all are others.

  Scenario: Without flake-parts
    Given the flake "fixtures/flakes/plain"
    Then the flake evaluates
    And host "attic" evaluates
    And option "networking.hostName" of host "attic" is "attic"

  Scenario: Without flakes
    Then host "fixtures/flakes/flakeless/default.nix:cellar" evaluates
    And option "networking.hostName" of host "fixtures/flakes/flakeless/default.nix:cellar" is "cellar"

  Scenario: A typing error is caught before anything is built
    Given a dendritic flake from "fixtures/flakes/laptop"
    And the module "nixos/typo.nix":
      """nix
      {
        flake.modules.nixos.web.services.ngnix.enable = true;
      }
      """
    Then host "t14" does not evaluate: "The option `services.ngnix' does not exist"
