# Extends a host with nixos-shell's module and the harness, and names what is to be built.
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
  shellModule = "${nixosShell}/share/modules/nixos-shell.nix";
  harness = import ./harness.nix { inherit settings host; };

  # A host may import nixos-shell's module itself; its options cannot be declared twice.
  imported = host.options ? nixos-shell || host.config ? nixos-shell;
  shell = if imported then [ ] else [ shellModule ];

  # Before NixOS 21.05 there is no extendModules, and nixos-shell's module needs options that are younger still: there it
  # is NixOS's own virtual machine with the harness in it.
  plainMachine =
    { modulesPath, ... }:
    {
      imports = [ "${modulesPath}/virtualisation/qemu-vm.nix" ];
    };
  modern = host ? extendModules;
  extended =
    if modern then
      host.extendModules { modules = shell ++ [ harness ]; }
    else if host ? override then
      host.override (old: {
        modules = old.modules ++ [
          plainMachine
          harness
        ];
      })
    else
      throw "nixcumber: the host ${name} cannot be extended: what is handed out of it has no extendModules (NixOS 21.05 and newer), no options and no override";

  vm = if modern then extended.config.system.build.nixos-shell else extended.config.system.build.vm;

  text = value: builtins.unsafeDiscardStringContext (toString value);
  sshd = host.config.services.openssh or { };
  memory = extended.config.virtualisation.memorySize or null;
in
{
  vm = text vm.drvPath;
  # What the runner must have for it, in MiB; unknown to a NixOS that says it otherwise.
  memoryMiB = if builtins.isInt memory then memory else null;
  # sshd is judged, never changed: it is only looked at, to say early what cannot work.
  sshd = sshd.enable or false;
  sshPort = builtins.head ((sshd.ports or [ ]) ++ [ 22 ]);
  rootLogin = text (sshd.settings.PermitRootLogin or sshd.permitRootLogin or "");
}
