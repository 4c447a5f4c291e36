# A value as text, in full: what is compared by it may differ at its end. The depth bounds package sets and fixpoints.
let
  inherit (builtins)
    attrNames
    concatStringsSep
    filter
    isAttrs
    isList
    tryEval
    typeOf
    ;
  plain = value: builtins.unsafeDiscardStringContext (toString value);
  show =
    depth: value:
    if isAttrs value then
      if value.type or null == "derivation" then
        plain (value.name or "a package")
      else if value ? fsType && value ? device then
        fileSystem value
      # A swap device, an encrypted one.
      else if builtins.isString (value.device or null) then
        plain value.device
      else if depth == 0 then
        "{ ... }"
      else
        "{ ${concatStringsSep "" (map (name: "${name} = ${guarded depth value.${name}}; ") (attrNames value))}}"
    else if isList value then
      if depth == 0 then "[ ... ]" else "[ ${concatStringsSep "" (map (one: "${guarded depth one} ") value)}]"
    else if typeOf value == "lambda" then
      "a function"
    else if typeOf value == "string" || typeOf value == "path" then
      plain value
    else
      builtins.toJSON value;
  guarded =
    depth: value:
    let
      tried = tryEval (show (depth - 1) value);
    in
    if tried.success then tried.value else "?";

  fileSystem =
    value:
    concatStringsSep " " (
      filter (word: word != "") [
        value.fsType
        (
          if value.device == null || value.device == value.fsType || value.device == "none" then
            ""
          else if builtins.match "/dev/disk/by-id/virtio-data[0-9]+" (plain value.device) != null then
            "on an empty disk"
          else
            "on ${plain value.device}"
        )
        (
          let
            # Made of what stands beside them.
            isOwn = option: builtins.match "defaults|x-systemd[.]device-timeout=.*|(lowerdir|upperdir|workdir)=.*" option == null;
            options = filter isOwn (value.options or [ ]);
          in
          if options == [ ] then "" else "(${concatStringsSep "," options})"
        )
      ]
    );
in
show 3
