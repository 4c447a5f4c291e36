# Interfaces that the host makes itself, and on which others each of them stands.
config:
let
  inherit (builtins)
    attrNames
    attrValues
    concatMap
    elem
    filter
    head
    isAttrs
    listToAttrs
    mapAttrs
    match
    ;
  net = config.networking;
  networkd = if config.systemd.network.enable or false then config.systemd.network else { };
  given = name: if isAttrs (net.${name} or null) then net.${name} else { };
  made = kind: members: mapAttrs (_: one: { inherit kind; members = members one; });
  many = one: one.interfaces or [ ];
  listed = one: if isAttrs (many one) then attrNames (many one) else many one;
  single = one: filter (name: name != null) [ (one.interface or (one.dev or null)) ];

  # Of systemd-networkd: a network of a member names what it belongs to.
  netdevs = listToAttrs (
    map (
      { netdevConfig, ... }:
      {
        name = netdevConfig.Name;
        value = {
          kind = netdevConfig.Kind or "dummy";
          members = concatMap (
            network:
            if elem netdevConfig.Name (masters network) then exactNames network else [ ]
          ) (attrValues (networkd.networks or { }));
        };
      }
    ) (filter ({ enable ? true, netdevConfig ? { }, ... }: enable && netdevConfig ? Name) (attrValues (networkd.netdevs or { })))
  );
  list = value: if builtins.isList value then map toString value else filter (word: builtins.isString word && word != "") (builtins.split "[[:space:]]+" (toString value));
  masters =
    network:
    concatMap (
      { of, key }: list (network.networkConfig.${key} or [ ]) ++ list (network.${of} or [ ])
    ) [
      { of = "bridge"; key = "Bridge"; }
      { of = "bond"; key = "Bond"; }
      { of = "vlan"; key = "VLAN"; }
      { of = "macvlan"; key = "MACVLAN"; }
      { of = "ipvlan"; key = "IPVLAN"; }
      { of = "vrf"; key = "VRF"; }
    ];
  isExact = name: match "[A-Za-z0-9_.:-]+" name != null;
  namesOf = network: list (network.matchConfig.Name or [ ]);
  exactNames = network: filter isExact (namesOf network);

  virtual =
    netdevs
    // mapAttrs (_: _: { kind = "virtual"; members = [ ]; }) (
      listToAttrs (map (name: { inherit name; value = null; }) (filter (name: (given "interfaces").${name}.virtual or false) (attrNames (given "interfaces"))))
    )
    // made "bridge" many (given "bridges")
    // made "bridge" listed (given "vswitches")
    // made "bond" many (given "bonds")
    // made "vlan" single (given "vlans")
    // made "macvlan" single (given "macvlans")
    // made "tunnel" (_: [ ]) (given "sits")
    // made "tunnel" (_: [ ]) (given "greTunnels")
    // made "wireguard" (_: [ ]) ((given "wireguard").interfaces or { })
    // made "wireguard" (_: [ ]) ((given "wg-quick").interfaces or { });

  # What programs make, and what no card is.
  foreign =
    name:
    match "lo|(tailscale|docker|podman|cni|flannel|cilium|virbr|vnet|veth|tun|tap|wg|zt|ppp|nebula|kube|lxc|lxd|incus|waydroid|mullvad|sit|gre|gretap|ip6tnl|he-|ve-|vb-|vt-|br-|dummy|ifb|vxlan|can|ib|vcan).*|(br|bond|team)[0-9]+" name != null;
in
{
  inherit virtual list namesOf isExact exactNames;
  isWireless = name: match "(wl|ww).*" name != null;
  isCard = name: !(virtual ? ${name}) && !(foreign name);

  # The card on which an interface stands, and whether its frames carry a tag; null where there is none.
  ground =
    let
      below =
        depth: name:
        if !(virtual ? ${name}) then
          { card = name; tagged = false; }
        else if depth == 0 || virtual.${name}.members == [ ] then
          null
        else
          let
            found = below (depth - 1) (head virtual.${name}.members);
          in
          if found == null then null else found // { tagged = found.tagged || virtual.${name}.kind == "vlan"; };
    in
    below 5;
}
