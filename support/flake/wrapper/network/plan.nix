# The network of a virtual machine as its host expects it: cards with the names and addresses that its configuration speaks of, in QEMU user
# networks in which its gateways answer. Null where the usual card, eth0 with DHCP, is all that it needs.
{
  config,
  # The variant, or the host, says itself what network QEMU gives it.
  isOwn,
}:
let
  inherit (builtins)
    concatMap
    elem
    elemAt
    filter
    genList
    head
    length
    match
    ;
  expected = import ./expected.nix config;
  found = import ./cards.nix expected;

  # QEMU's own numbers (net/net.c).
  usualMac =
    index:
    let
      last = 86 + index;
      digit = value: builtins.substring value 1 "0123456789abcdef";
    in
    "52:54:00:12:34:${digit (last / 16)}${digit (last - last / 16 * 16)}";
  wired = genList (
    index:
    let
      card = elemAt found.cards index;
      network = import ./user-network.nix {
        inherit (card) addresses gateways;
        nameservers = card.nameservers ++ expected.nameservers;
        inherit index;
        others = concatMap (other: if other == card then [ ] else other.addresses) found.cards;
      };
    in
    card
    // {
      inherit index;
      mac = if card.mac == null then usualMac index else card.mac;
      arguments = if card.link == "user" then network.arguments else null;
      answered = if card.link == "user" then network.answered else [ ];
    }
  ) (length found.cards);

  # In the order in which the kernel counts them: one called eth1 is the second where that can be.
  count = length wired;
  fixed = filter ({ name, ... }: elem name (genList (at: "eth${toString at}") count)) wired;
  others = filter (card: !elem card fixed) wired;
  ordered =
    let
      place =
        at: rest:
        if at == count then
          [ ]
        else
          let
            here = filter ({ name, ... }: name == "eth${toString at}") fixed;
            # A free place is left to one that is renamed anyway.
            next = if here != [ ] then head here else head rest;
          in
          [ (next // { kernel = "eth${toString at}"; }) ] ++ place (at + 1) (if here != [ ] then rest else builtins.tail rest);
    in
    place 0 others;

  # The host's own .link file or udev rule does it.
  isGiven = card: builtins.any ({ name, macs }: name == card.name && elem card.mac macs) expected.named;
  primary = head wired;
  own4 = filter ({ address, ... }: match ".*:.*" address == null) primary.addresses;
  isTold = !found.isUsual && !isOwn;
in
{
  # In the order in which QEMU is given them; none where the usual one does.
  cards = if isTold then ordered else [ ];
  renamed =
    if isTold then
      map (card: card // { linkConfig = expected.linkConfigOf card.name; }) (
        filter (card: card.name != null && card.name != card.kernel && !(isGiven card)) ordered
      )
    else
      [ ];
  # Where ports of the runner lead to: null for what QEMU's DHCP hands out, "" where the machine has no IPv4.
  guestAddress =
    if !isTold || own4 == [ ] && primary.dhcp then null else if own4 == [ ] then "" else (head own4).address;
  # What matches a card by where it is plugged in.
  rematched = if isTold then import ./rematched.nix config else [ ];
  unfit = if isOwn then [ ] else import ./unfit.nix config expected wired;
}
