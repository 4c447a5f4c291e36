# Gives a virtual machine the cards of plan.nix.
plan:
{
  config,
  lib,
  ...
}:
let
  inherit (builtins) any concatMap sort;
  inherit (plan) cards rematched renamed;
  isOnHub = card: card.link == "hub" || card.index == 0 && any ({ link, ... }: link == "hub") cards;
  own = card: "user.${toString card.index}";
  hub = card: number: "-netdev hubport,id=hub${toString card.index},hubid=${toString number}";
  restrict = lib.optionalString (config.virtualisation.restrictNetwork or false) ",restrict=on";
  # A shell splits and fills them: ports of the runner lead to the first, as always.
  more = card: lib.optionalString (card.index == 0) ''"''${QEMU_NET_OPTS:+,$QEMU_NET_OPTS}"'';
  user =
    card:
    "-netdev user,id=${own card}${lib.optionalString (card.arguments != "") ",${card.arguments}"}${restrict}${more card}";
  networks = concatMap (
    card:
    lib.optional (card.link == "user") (user card)
    ++ lib.optional (isOnHub card) (hub card 0)
    # A hub with nothing else at it: there is a carrier and no answer.
    ++ lib.optional (card.link == "idle") (hub card (100 + card.index))
  ) (sort (one: other: one.index < other.index) cards);
  # The hub's own way out.
  uplink = lib.optional (any isOnHub cards) "-netdev hubport,id=uplink,hubid=0,netdev=user.0";
  devices = map (
    card:
    "-device virtio-net-pci,netdev=${
      if isOnHub card || card.link == "idle" then "hub${toString card.index}" else own card
    },mac=${card.mac}"
  ) cards;
  links = lib.listToAttrs (
    map (card: {
      name = "00-nixcumber-${toString card.index}";
      value = {
        matchConfig.PermanentMACAddress = card.mac;
        # Of several files for one card only the first holds.
        linkConfig = removeAttrs card.linkConfig [ "NamePolicy" ] // { Name = card.name; };
      };
    }) renamed
  );
in
{
  _file = "nixcumber: network cards as the host expects them";

  config = lib.mkIf (cards != [ ]) (
    lib.mkMerge [
      { virtualisation.qemu.networkingOptions = lib.mkOverride 90 (networks ++ uplink ++ devices); }
      # udev heeds them, whatever sets up the network; NixOS puts them into an initrd with systemd as well.
      { systemd.network.links = links; }
      {
        systemd.network.networks = lib.listToAttrs (
          map ({ key, machine, ... }: { name = key; value.matchConfig = lib.mkForce machine; }) rematched
        );
      }
    ]
  );
}
