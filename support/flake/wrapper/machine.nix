# The host with everything a virtual machine adds: its own virtualisation.vmVariant, nixos-shell's modules, the harness.
# Where two of them say different things of one option, the host is not turned away: the machine's value wins, and the
# report says so.
{
  host,
  nixosShell,
  settings,
}:
let
  # A host may import nixos-shell's module itself; its options cannot be declared twice.
  imported = host.options ? nixos-shell;
  shellModules =
    if imported then
      builtins.dirOf (builtins.head host.options.nixos-shell.mounts.mountHome.declarations)
    else
      "${nixosShell}/share/modules";
  # nixos-shell puts this one on top of the other by itself, out of our sight; the two make the same machine.
  shellConfig = "${shellModules}/nixos-shell-config.nix";

  variant = import ./vm-variant.nix host;
  leavesOf = import ./definitions.nix first;

  # What the user says of this machine, in the variant or else in the host.
  kept =
    path:
    let
      said = builtins.filter (leaf: leaf.path == path) (leavesOf "vmVariant" variant.modules);
    in
    if said != [ ] then
      (builtins.elemAt said (builtins.length said - 1)).value
    else
      (import ./reach.nix path host.config).value;

  harness = import ./harness.nix {
    inherit kept settings;
    size = import ./size.nix host.config;
    inherit disks;
  };
  storeImage = import ./store-image.nix;
  files = if settings.files or false then [ ./files.nix ] else [ ];
  # As its variant has it: a machine of `nixos-rebuild build-vm` may have another network than the host. A host may be a virtual machine
  # itself, by qemu-vm.nix among its modules.
  network =
    let
      config = if variant.name == null then host.config else host.config.virtualisation.${variant.name};
      options = config.virtualisation.qemu.networkingOptions or null;
    in
    import ./network/plan.nix {
      inherit config;
      # NixOS's own are a card and a user network.
      isOwn =
        options != null
        && !(builtins.length options == 2 && builtins.match "-net nic,netdev=user[.]0,.*" (builtins.head options) != null);
    };
  disks = import ./disks.nix {
    inherit host;
    formats = settings.formats or [ "ext4" ];
  };

  first = host.extendModules {
    modules =
      variant.modules
      ++ (if imported then [ ] else [ "${shellModules}/nixos-shell.nix" ])
      ++ [
        shellConfig
        harness
        (import ./network/module.nix network)
        (import ./runner.nix settings.runner)
        storeImage.module
      ]
      ++ files
      ++ [
        # What modules are given, so that they can be read by ours.
        (
          all@{
            config,
            lib,
            modulesPath,
            options,
            pkgs,
            ...
          }:
          {
            _module.args.nixcumber = all // {
              inherit
                config
                lib
                modulesPath
                options
                pkgs
                ;
            };
          }
        )
      ];
  };
  given = (first._module or first.config._module).args.nixcumber;

  theirs =
    leavesOf "vmVariant" variant.modules
    ++ leavesOf "nixos-shell" [ shellConfig ]
    ++ leavesOf "qemu-vm.nix" [ "${given.modulesPath}/virtualisation/qemu-vm.nix" ];

  conflicts = import ./conflicts.nix { inherit host first; } theirs;
  machine =
    if conflicts == [ ] then
      first
    else
      first.extendModules {
        modules = map (
          {
            path,
            strength,
            value,
            ...
          }:
          {
            _file = "nixcumber: what the machine needs";
            config = given.lib.setAttrByPath path (given.lib.mkOverride (strength - 1) value);
          }
        ) conflicts;
      };
  hasDisks = machine.config.virtualisation.useDefaultFilesystems or true;
in
{
  inherit machine;
  vmVariant = variant.name;
  # What makes the image of its store; null where its script does.
  storeImage = storeImage.maker (machine._module or machine.config._module).args.nixcumber;
  costlyStore = storeImage.isCostly given.modulesPath;
  # The disks that its QEMU is to be given, each with what makes an empty one.
  disks =
    if hasDisks then
      map (disk: disk // { image = import ./empty-disk.nix given disk.format; }) disks.disks
    else
      [ ];
  inherit network;
  # Everything that nixos-shell and NixOS's virtual machine set.
  leaves = theirs;
  differences = import ./differences.nix {
    inherit host machine;
    noRoom = if hasDisks then disks.noRoom else [ ];
  } (theirs ++ leavesOf "harness" ([ harness ] ++ files));
}
