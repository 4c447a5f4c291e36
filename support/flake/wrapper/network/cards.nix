# The network cards that the host expects: { name; mac; addresses; gateways; nameservers; dhcp; options; link; }. `name` is null for whatever the
# kernel calls it. `link` is "user" for a network of its own, "hub" for that of the first card, "idle" where nothing answers.
{
  claims,
  named,
  gateways,
  dynamic,
  made,
  ...
}:
let
  inherit (builtins)
    all
    any
    attrNames
    concatMap
    elem
    elemAt
    filter
    foldl'
    genList
    head
    length
    match
    replaceStrings
    ;
  isV6 = text: match ".*:.*" text != null;
  first = list: if list == [ ] then null else head list;
  unique = foldl' (found: one: if elem one found then found else found ++ [ one ]) [ ];

  # Shell patterns, as systemd matches names.
  matches =
    name: pattern:
    match (replaceStrings [ "." "*" "?" "[!" "+" ] [ "[.]" ".*" "." "[^" "[+]" ] pattern) name != null;
  usual = [ "eth0" "enp1s0" "ens3" "eno1" "end0" "enp2s0" "ens4" "eno2" "eth1" "enx525400123456" ];

  macOf = name: first (concatMap (one: if one.name == name then one.macs else [ ]) named);
  nameOf = mac: first (map (one: one.name) (filter (one: elem mac one.macs) named));

  # To the card below it: what stands on a bridge or a bond answers there; frames with a tag do not come back.
  grounded = concatMap (
    claim:
    let
      wanted = first claim.names;
      found = if wanted == null then null else made.ground wanted;
      isMade = wanted != null && made.virtual ? ${wanted};
    in
    if !isMade then
      [ claim ]
    else if found == null || found.tagged || !(made.isCard found.card) then
      [ ]
    else
      [ (claim // { names = [ found.card ]; on = wanted; }) ]
  ) claims;
  members = concatMap (
    name:
    let
      inherit (made.virtual.${name}) kind members;
      at = genList (index: { inherit index; member = elemAt members index; }) (length members);
    in
    map (
      { index, member }:
      {
        option = "the ${kind} ${name}";
        names = [ member ];
        patterns = [ ];
        macs = [ ];
        addresses = [ ];
        gateways = [ ];
        nameservers = [ ];
        dhcp = false;
        mentioned = false;
        # Two ways into one network would be a circle for a bridge; a bond keeps one of them.
        link = if index == 0 then "user" else if kind == "bond" then "hub" else "idle";
      }
    ) (filter ({ member, ... }: made.isCard member && !(made.isWireless member)) at)
  ) (attrNames made.virtual);

  fresh = {
    name = null;
    mac = null;
    addresses = [ ];
    gateways = [ ];
    nameservers = [ ];
    dhcp = false;
    options = [ ];
    link = "user";
  };
  merged = card: claim: {
    inherit (card) name mac;
    addresses = unique (card.addresses ++ claim.addresses);
    gateways = unique (card.gateways ++ claim.gateways);
    nameservers = unique (card.nameservers ++ claim.nameservers);
    dhcp = card.dhcp || claim.dhcp;
    options = unique (card.options ++ [ claim.option ]);
    link = claim.link or card.link;
  };

  put =
    cards: name: mac: claim:
    let
      isIt = card: name != null && card.name == name || mac != null && card.mac == mac;
      known = filter isIt cards;
      this = merged ((if known == [ ] then fresh else head known) // {
        name = if name != null || known == [ ] then name else (head known).name;
        mac = if mac != null || known == [ ] then mac else (head known).mac;
      }) claim;
    in
    if known == [ ] then cards ++ [ this ] else map (card: if isIt card then this else card) cards;

  byName =
    cards: claim:
    let
      names = filter (name: made.isCard name && !(made.isWireless name)) claim.names;
      there = filter (name: any (card: card.name == name) cards) names;
      name = first (there ++ names);
      mac = first claim.macs;
    in
    if name == null && mac == null then
      cards
    else if name == null then
      put cards (nameOf mac) mac claim
    else
      put cards name (if mac == null then macOf name else mac) claim;

  leadsOut = card: card.dhcp || card.gateways != [ ];
  byPattern =
    cards: claim:
    let
      free = filter (name: any (matches name) claim.patterns && all (card: card.name != name) cards) usual;
      fits = card: any (matches (if card.name == null then "eth0" else card.name)) claim.patterns;
      isNeeded =
        claim.addresses != [ ] || claim.gateways != [ ]
        || (if claim.dhcp then !(any leadsOut cards) else !(any fits cards));
    in
    if free == [ ] || !isNeeded then cards else put cards (head free) null claim;

  hasName = claim: claim.names != [ ] || claim.macs != [ ];
  wired = foldl' byName [ ] (filter hasName (filter (claim: !claim.mentioned) grounded ++ members));
  patterned = foldl' byPattern wired (filter (claim: claim.patterns != [ ]) grounded);
  mentioned = foldl' byName patterned (filter (claim: claim.mentioned) claims);

  withWaysOut = import ./ways-out.nix {
    inherit gateways dynamic made fresh leadsOut unique;
  } mentioned;

  rank =
    card:
    if card.link != "user" then
      4
    else if any (gateway: !(isV6 gateway)) card.gateways then
      0
    else if card.gateways != [ ] then
      1
    else if card.dhcp then
      2
    else
      3;
  sorted = builtins.sort (one: other: rank one < rank other) withWaysOut;
  few = genList (elemAt sorted) (if length sorted > 8 then 8 else length sorted);
in
{
  # The one first that leads out.
  cards = few;
  left = concatMap (card: card.options) (filter (card: !elem card few) sorted);
  # Nothing is said that the usual card does not do.
  isUsual = all (
    card: elem card.name [ null "eth0" ] && card.mac == null && card.addresses == [ ] && card.gateways == [ ]
  ) few && length few < 2;
}
