{
  description = "nixcumber: acceptance tests for NixOS machines, in Gherkin";

  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs =
    { nixpkgs, ... }:
    let
      systems = [ "x86_64-linux" ];
      forEach = make: nixpkgs.lib.genAttrs systems (system: make nixpkgs.legacyPackages.${system});
    in
    {
      # Live hosts judged on a schedule: services.nixcumber.suites.
      nixosModules.default = ./support/schedule/module.nix;

      # Everything nixcumber starts: `nix develop`, then `npm ci`.
      devShells = forEach (pkgs: {
        default = pkgs.mkShell {
          packages = [
            pkgs.nodejs
            pkgs.nix
            pkgs.qemu
            pkgs.openssh
          ];
        };
      });
    };
}
