# What nixcumber asks of evaluated outputs. Sent to Nix as text; answers are plain data that JSON can hold.
# `layoutOf`: layout/layout.nix; `entryOf`: entry/entry.nix.
layoutOf: entryOf:
let
  inherit (builtins)
    attrNames
    isAttrs
    mapAttrs
    tryEval
    typeOf
    ;

  # A throw inside a value must not hide the values beside it.
  guarded =
    f: value:
    let
      tried = tryEval (f value);
    in
    if tried.success then tried.value else { failed = true; };

  text = value: builtins.unsafeDiscardStringContext (toString value);

  # Sets are always tagged, so that no value can be mistaken for a tag. The depth bounds package sets and fixpoints.
  encode =
    depth: value:
    {
      set =
        if value.type or null == "derivation" then
          {
            package = {
              name = guarded text value.name or "";
              pname = guarded text value.pname or "";
              path = guarded text value.outPath or "";
            };
          }
        else if value ? outPath || value ? __toString then
          { path = text value; }
        else if depth == 0 then
          { deeper = true; }
        else
          { set = mapAttrs (_: guarded (encode (depth - 1))) value; };
      list = map (guarded (encode (depth - 1))) value;
      lambda = {
        function = true;
      };
      path = {
        path = text value;
      };
      string = text value;
    }
    .${typeOf value} or value;

  walk =
    at: value: path:
    if path == [ ] then
      { value = encode 6 value; }
    else
      let
        name = builtins.head path;
      in
      if isAttrs value && value ? ${name} then
        walk (at ++ [ name ]) value.${name} (builtins.tail path)
      else
        {
          missing = {
            inherit at name;
            known = if isAttrs value then attrNames value else [ ];
          };
        };

  # The module system counts an option's own default among its definitions, with the priority of mkOptionDefault.
  onlyDefault = option: option.highestPrio or 0 >= 1500;

  # Whether a path leads to an option or through one (then `above` is that one), and the files that set it.
  definedIn =
    at: options: path:
    if options._type or null == "option" then
      {
        declared = true;
        files = guarded (option: if onlyDefault option then [ ] else map text (option.files or [ ])) options;
        above = if path == [ ] then null else at;
      }
    else if path != [ ] && isAttrs options && options ? ${builtins.head path} then
      definedIn (at ++ [ (builtins.head path) ]) options.${builtins.head path} (builtins.tail path)
    else
      {
        declared = path == [ ];
        files = [ ];
        above = null;
      };

  # Where modules stand that set a path and are no files of their own: those in the call of nixosSystem, for which the module
  # system names NixOS's file or none. One that is a function is not called: it stands where its arguments do, and is a guess.
  inlineAt =
    path: module:
    let
      body = module.config or module;
      arguments = builtins.functionArgs module;
    in
    if builtins.isFunction module then
      placeOf arguments (attrNames arguments) false
    else if isAttrs module && !(module ? outPath) then
      (if sets path body then placeOf body path true else [ ])
      ++ builtins.concatMap (inlineAt path) (module.imports or [ ])
    else
      [ ];
  placeOf =
    set: names: sure:
    let
      place = if names == [ ] then null else builtins.unsafeGetAttrPos (builtins.head names) set;
    in
    if place == null then [ ] else [ { inherit (place) file line; inherit sure; } ];
  # Nothing is seen through what mkIf and its like wrap.
  sets =
    path: value:
    path == [ ]
    || !isAttrs value
    || value ? _type
    || value ? ${builtins.head path} && sets (builtins.tail path) value.${builtins.head path};

  # `found` with the host, or the names there are.
  withHost =
    name: f: outputs:
    let
      hosts = outputs.nixosConfigurations or { };
    in
    if hosts ? ${name} then { found = f (checked name hosts.${name}); } else { hosts = attrNames hosts; };

  checked =
    name: host:
    if isAttrs host && host ? config then
      host
    else
      throw "nixosConfigurations.${name} is ${
        if isAttrs host then "a set without config" else "a ${typeOf host}"
      }, and no NixOS configuration: lib.nixosSystem makes one";

  # A program for this system, of the nixpkgs of the first host that has one, and without its overlays; null where none has. Others may be
  # broken, or no hosts.
  ofNixpkgs =
    pick: system: outputs:
    let
      nixpkgsOf = host: tryEval (if isAttrs host then host.pkgs.path or null else null);
      found = builtins.filter (tried: tried.success && tried.value != null) (
        map (name: nixpkgsOf outputs.nixosConfigurations.${name}) (
          attrNames (outputs.nixosConfigurations or { })
        )
      );
      program = pick (import (builtins.head found).value { inherit system; });
    in
    if found == [ ] || program == null then null else text program.drvPath;
in
{
  # Every output down to its first layer, as `nix flake show` would.
  survey = outputs: {
    outputs = attrNames (mapAttrs (_: value: builtins.seq value null) outputs);
    forced = builtins.deepSeq (map (name: builtins.seq outputs.${name} null) (attrNames outputs)) true;
    hosts = attrNames (outputs.nixosConfigurations or { });
  };

  # Their names alone: no host is evaluated.
  hosts = outputs: attrNames (outputs.nixosConfigurations or { });

  # All of a host: its system's derivation needs every option that matters, and asserts.
  toplevel =
    name:
    withHost name (host: {
      derivation = text host.config.system.build.toplevel.drvPath;
      path = text host.config.system.build.toplevel.outPath;
    });

  layout = name: withHost name layoutOf;

  entry = name: withHost name entryOf;

  # What a verdict binds. A disk script that is there and does not evaluate is no host without one.
  bound =
    name:
    withHost name (
      host:
      let
        inherit (host.config.system) build;
        disks = host.config.disko.devices.disk or null;
        # disko's own throws where the layout names no disk.
        script = build ? diskoScript && disks != { };
        system = derivation: {
          derivation = text derivation.drvPath;
          path = text derivation.outPath;
        };
        loaders = host.config.boot.loader or { };
        enabled = loader: tryEval (loaders.${loader}.enable or false == true);
      in
      {
        toplevel = system build.toplevel;
        diskScript = if script then system build.diskoScript else null;
        bootLoaders = builtins.filter (loader: (enabled loader).value) [
          "generic-extlinux-compatible"
          "grub"
          "limine"
          "refind"
          "systemd-boot"
        ];
        disks = if disks == null then null else mapAttrs (_: disk: text disk.device) disks;
      }
    );

  options =
    { name, paths }:
    withHost name (
      host:
      map (
        path:
        let
          about = definedIn [ ] (host.options or { }) path;
          modules = host.type.getSubModules or null;
        in
        guarded (walk [ ] host.config) path
        // {
          inherit (about) declared files above;
          inline = guarded (builtins.concatMap (inlineAt path)) (
            if about.files == [ ] || modules == null then [ ] else modules
          );
        }
      ) paths
    );

  # QEMU for machines that run on this system.
  qemu = ofNixpkgs (pkgs: pkgs.qemu_kvm or pkgs.qemu);

  # What installs a host on a real target; null where nixpkgs is older.
  nixos-anywhere = ofNixpkgs (pkgs: pkgs.nixos-anywhere or null);

  # Without any guard, so that Nix says what is wrong.
  demand =
    { name, path }:
    withHost name (
      host: builtins.seq (builtins.foldl' (value: name: value.${name}) host.config path) true
    );
}
