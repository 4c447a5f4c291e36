# Before NixOS 21.05 there is no extendModules, and nixos-shell's module needs options that are younger still: there it is
# NixOS's own virtual machine with the harness in it.
{
  name,
  host,
  settings,
}:
let
  plainMachine =
    { modulesPath, ... }:
    {
      imports = [ "${modulesPath}/virtualisation/qemu-vm.nix" ];
    };
  harness = import ./harness.nix {
    inherit settings;
    kept = path: (import ./reach.nix path host.config).value;
    size = import ./size.nix host.config;
    disks = {
      fileSystems = { };
      rootInMemory = null;
    };
  };
in
{
  machine =
    if host ? override then
      host.override (old: {
        modules = old.modules ++ [
          plainMachine
          harness
        ]
        ++ (if settings.files or false then [ ./files.nix ] else [ ]);
      })
    else
      throw "nixcumber: the host ${name} cannot be extended: what is handed out of it has no extendModules (NixOS 21.05 and newer), no options and no override";
  # What these modules set cannot be told from what the host says.
  differences = null;
  vmVariant = null;
  storeImage = null;
  costlyStore = false;
  disks = [ ];
  network = null;
}
