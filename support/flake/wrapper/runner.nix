# For a host of another system than the runner's: QEMU, and the script that starts it, are programs of the runner.
system:
{
  lib,
  options,
  pkgs,
  ...
}:
{
  _file = "nixcumber: the runner's system";

  # NixOS 22.05 and newer can be told.
  config = lib.optionalAttrs (options ? virtualisation.host.pkgs) {
    virtualisation.host.pkgs = lib.mkIf (pkgs.stdenv.hostPlatform.system != system) (
      lib.mkForce (
        import pkgs.path {
          inherit system;
          config = { };
          overlays = [ ];
        }
      )
    );
  };
}
