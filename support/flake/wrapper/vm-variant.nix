# `virtualisation.vmVariant` is what people write for a host that runs as a virtual machine: for `nixos-rebuild build-vm`,
# which takes its definitions as further modules. disko's module has one of its own, for people without the former.
host:
let
  options = host.options.virtualisation or { };
  definitions =
    name:
    if !(options ? ${name}) then
      [ ]
    else
      builtins.filter (definition: definition.value != { }) (
        options.${name}.definitionsWithLocations
          or (map (value: { inherit value; file = "virtualisation.${name}"; }) options.${name}.definitions)
      );
  named = name: {
    inherit name;
    modules = map (
      { file, value }:
      {
        _file = "${toString file}, virtualisation.${name}";
        imports = [ value ];
      }
    ) (definitions name);
  };
  set = builtins.filter (variant: variant.modules != [ ]) (
    map named [
      "vmVariant"
      "vmVariantWithDisko"
    ]
  );
in
if set == [ ] then { name = null; modules = [ ]; } else builtins.head set
