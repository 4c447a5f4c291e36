# What modules set, read off the modules themselves: the paths, each with the value and its strength (100 when nothing is said). Found by
# evaluation, so that what a newer nixos-shell or NixOS sets is known as well.
first: from: modules:
let
  inherit (builtins)
    attrNames
    concatMap
    isAttrs
    isFunction
    isPath
    isString
    ;
  inherit ((first._module or first.config._module)) args;
  given = args.nixcumber;
  # Those of the host's own as well: `inputs` of specialArgs, `utils`.
  known = args // given;

  loaded =
    module:
    if isPath module || isString module then
      loaded (import module)
    else if isFunction module then
      module (
        let
          wanted = builtins.functionArgs module;
        in
        if wanted == { } then known else builtins.intersectAttrs wanted known
      )
    else
      module;

  # Without those in `imports` that are functions: renamed options, whose definitions are others' own.
  bodies =
    module:
    let
      body = loaded module;
    in
    [ (body.config or (if body ? options then { } else removeAttrs body keys)) ]
    ++ concatMap bodies (builtins.filter follows (body.imports or [ ]));
  keys = [
    "_class"
    "_file"
    "disabledModules"
    "imports"
    "key"
    "meta"
    "options"
  ];
  follows = module: isPath module || isString module || isAttrs module || from == "vmVariant";

  # Old names; both lead to one place.
  renamed = path: if path == [ "users" "extraUsers" ] then [ "users" "users" ] else path;

  # Neither asked nor told: what the virtual machine itself is made of, and what NixOS keeps for itself.
  isInner =
    path:
    builtins.elem (builtins.head (path ++ [ "" ])) [
      "_module"
      "assertions"
      "meta"
      "nixos-shell"
      "warnings"
    ]
    || path == [ "system" "build" ]
    || path == [ "system" "requiredKernelConfig" ]
    || (builtins.head (path ++ [ "" ]) == "virtualisation");

  walk =
    options: path: strength: raw:
    let
      kind = if isAttrs raw then raw._type or (raw.type or null) else null;
      inOption = options == null || options._type or null == "option";
      below =
        name:
        if inOption then
          walk null (path ++ [ name ]) strength raw.${name}
        else if options ? ${name} then
          walk options.${name} (renamed (path ++ [ name ])) strength raw.${name}
        else
          [ ];
      leaf = [
        {
          inherit from path strength;
          value = raw;
        }
      ];
    in
    if isInner path then
      [ ]
    else if kind == "merge" then
      concatMap (walk options path strength) raw.contents
    else if kind == "if" then
      if raw.condition then walk options path strength raw.content else [ ]
    else if kind == "override" then
      walk options path raw.priority raw.content
    else if kind == "order" then
      walk options path strength raw.content
    # A whole set that was forced replaces the host's; one that was not is merged with it, name by name.
    else if !isAttrs raw || kind == "derivation" || inOption && (strength != 100 || raw == { }) then
      leaf
    else
      concatMap below (attrNames raw);
in
concatMap (walk given.options [ ] 100) (concatMap bodies modules)
