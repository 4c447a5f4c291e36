# Makes a machine of a host, and says what is to be built and what is different from the host.
{
  hosts,
  # nixos-shell's source tree.
  nixosShell,
  settings,
}:
name:
let
  # What wraps nixosSystem may hand out a part of what it made; the module system gives all of it to the modules themselves.
  handedOut = hosts.${name};
  arguments = handedOut._module.args or handedOut.options._module.args.value or { };
  host =
    if handedOut ? extendModules && handedOut ? options then
      handedOut
    else if arguments ? extendModules then
      arguments.extendModules { modules = [ ]; } // handedOut
    else
      handedOut;
  extended =
    if host ? extendModules then
      import ./machine.nix { inherit host nixosShell settings; }
    else
      import ./machine-before-21.05.nix { inherit name host settings; };
  inherit (extended) machine;

  # qemu-vm.nix would start a kernel that is not there.
  bootable =
    value:
    if machine.config.boot.isContainer or false then
      throw "nixcumber: the host ${name} is a container (boot.isContainer): it has no kernel that a virtual machine could start"
    else
      value;
  text = value: builtins.unsafeDiscardStringContext (toString value);
  ssh = import ./ssh.nix {
    inherit (machine) config;
    options = machine.options or { };
    inherit (extended) network;
  };
  number = value: if builtins.isInt value then value else null;
  virtual = machine.config.virtualisation;
in
{
  vm = text (bootable machine.config.system.build.vm.drvPath);
  # What QEMU gives to it, in MiB; unknown to a NixOS that says it otherwise.
  memoryMiB = number (virtual.memorySize or null);
  cores = number (virtual.cores or null);
  diskMiB = number (virtual.diskSize or null);
  inherit (extended) differences vmVariant;
  secrets = import ./secrets.nix machine;
  # Of the guest's programs.
  system = (machine._module.args or machine.config._module.args or machine).pkgs.stdenv.hostPlatform.system or null;
  disks = map ({ serial, image, ... }: { inherit serial; image = text image.drvPath; }) extended.disks;
  inherit (extended) costlyStore;
  # Of the look-alike only: what its machines have besides the base.
  trees = builtins.attrNames (machine.config.system.trees or { });
  storeImage = if extended.storeImage == null then null else text extended.storeImage.drvPath;
  network =
    if extended.network == null then
      null
    else
      {
        inherit (extended.network) guestAddress unfit;
        rematched = map ({ option, host, shown, ... }: { inherit option host; machine = shown; }) extended.network.rematched;
        cards = map (card: {
          inherit (card)
            addresses
            answered
            dhcp
            link
            mac
            options
            ;
          name = if card.name == null then card.kernel else card.name;
        }) extended.network.cards;
      };
  # sshd is judged, never changed: it is only looked at, to say early what cannot work.
  sshd = ssh.enabled;
  sshPort = ssh.port;
  sshForbidden = ssh.forbidden;
}
