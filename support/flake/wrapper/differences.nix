# Options of the host that have another value in the machine, of those that some module of the machine sets.
{
  host,
  machine,
  # Places of the host's file systems for which the machine has no disk left.
  noRoom,
}:
leaves:
let
  inherit (builtins)
    all
    attrNames
    concatMap
    concatStringsSep
    elem
    filter
    foldl'
    isAttrs
    isList
    isString
    length
    match
    split
    substring
    tryEval
    ;
  reach = import ./reach.nix;
  show = import ./show.nix;

  # Of a thing that is off in both, nothing is different.
  isOff =
    path:
    path != [ ]
    && (
      all (disables path) [
        host
        machine
      ]
      || isOff (start path)
    );
  # An option that was removed throws when it is asked for.
  disables =
    path: evaluation:
    let
      tried = tryEval ((reach (path ++ [ "enable" ]) evaluation.config).value or true == false);
    in
    tried.success && tried.value;
  start = path: builtins.genList (builtins.elemAt path) (length path - 1);

  # As far as both know the way: what the machine alone has is told as a whole.
  known =
    path:
    if path == [ ] || reach (start path) host.config ? value && reach path machine.config ? value then
      path
    else
      known (start path);

  secret = path: match ".*([Pp]assword|[Ss]ecret|[Tt]oken|[Kk]ey)$" (toString path) != null;

  lines = text: filter isString (split "\n" text);
  without = less: filter (one: !elem one less);
  plain =
    value:
    let
      tried = tryEval (show value);
    in
    if tried.success then tried.value else "?";

  row =
    from: path: before: after:
    let
      lists = isList before.value or null && isList after.value or null;
      texts = isString before.value or null && isString after.value or null && match ".*\n.*" (before.value + after.value) != null;
      these = side: if lists then map plain side.value else lines side.value;
      gone = filter (one: !isBlank one) (without (these after) (these before));
      new = filter (one: !isBlank one) (without (these before) (these after));
      # What the machine alone has is long: a unit is told by what it says of itself, a file by its text.
      whole = value: if isAttrs value then value.description or value.text or (plain value) else plain value;
      brief =
        found:
        if !(found ? value) then null else if before ? value then plain found.value else whole found.value;
      isLeftOut = path == [ "fileSystems" (toString (builtins.tail path)) ] && elem (toString (builtins.tail path)) noRoom;
    in
    {
      inherit path;
      from = if isLeftOut && !(after ? value) then "no room" else from;
    }
    // (
      if secret path then
        { host = "(not shown)"; machine = "(not shown)"; }
      else if lists || texts then
        { removed = gone; added = new; }
      else
        { host = brief before; machine = brief after; }
    );

  isBlank = text: match "[[:space:]]*" text != null;

  same = before: after: before ? value == after ? value && plain before.value or null == plain after.value or null;

  # A set that was replaced as a whole is told by its members.
  members =
    from: path:
    let
      before = reach path host.config;
      after = reach path machine.config;
      isSet = found: isAttrs found.value or null && found.value.type or null != "derivation";
      names = attrNames (before.value // after.value);
    in
    if isSet before && isSet after then
      concatMap (name: one from (path ++ [ name ])) names
    else
      one from path;
  one =
    from: path:
    let
      before = reach path host.config;
      after = reach path machine.config;
      said = row from path before after;
      isNothing =
        said.added or null == [ ] && said.removed == [ ]
        || !(before ? value) && (after.value == { } || after.value == [ ]);
    in
    # Where the store of the machine lies is its own affair.
    if same before after || isNothing || match "fileSystems /nix/([.].*|store|store .*)" (toString path) != null then
      [ ]
    else
      [ said ];

  told = foldl' (
    found:
    { from, path, ... }:
    let
      at = known path;
    in
    if at == [ ] || found.seen ? ${toString at} || isOff at then
      found
    else
      {
        seen = found.seen // { ${toString at} = true; };
        rows = found.rows ++ members from at;
      }
  ) { seen = { }; rows = [ ]; } leaves;
in
told.rows
