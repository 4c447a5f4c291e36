# Gives cards the gateways that are named for no interface or for another layer, and asks DHCP where nothing leads out.
{
  gateways,
  dynamic,
  made,
  # An empty card, whether one leads out, and a list without repetitions: cards.nix.
  fresh,
  leadsOut,
  unique,
}:
cards:
let
  inherit (builtins)
    any
    filter
    foldl'
    head
    match
    ;
  ip = import ./address.nix;
  isV6 = text: match ".*:.*" text != null;

  # A gateway without an interface is that of the network it lies in.
  holds =
    gateway: card:
    any (
      { address, prefixLength, ... }:
      let
        at = ip.parse address;
        to = ip.parse gateway;
      in
      at != null && to != null && ip.together prefixLength at to
    ) card.addresses;
  routed = foldl' (
    cards: { address, interface }:
    let
      on = if interface == null then null else made.ground interface;
      speaks = card: any (given: isV6 given.address == isV6 address) card.addresses;
      chosen =
        if interface != null then
          filter (card: on != null && !on.tagged && card.name == on.card) cards
        else
          filter (holds address) cards ++ filter speaks cards;
    in
    map (card: if chosen != [ ] && card == head chosen then card // { gateways = unique ([ address ] ++ card.gateways); } else card) cards
  ) cards gateways;

  # Without another way out, DHCP is asked on a card of which nothing else is said, or on one of its own.
  isAsked = dynamic && !(any leadsOut routed);
  withDhcp =
    let
      spare = filter (card: card.addresses == [ ] && card.link == "user") routed;
    in
    if !isAsked || routed == [ ] then
      routed
    else if spare != [ ] then
      map (card: if card == head spare then card // { dhcp = true; } else card) routed
    else
      [ (fresh // { dhcp = true; options = [ "networking.useDHCP" ]; }) ] ++ routed;
in
withDhcp
