# What the host says of its network and no virtual machine can have: [ { option; host; why; } ].
config: expected: cards:
let
  inherit (builtins)
    any
    attrNames
    concatMap
    concatStringsSep
    elem
    filter
    head
    isAttrs
    isString
    match
    ;
  inherit (expected) made;
  net = config.networking;
  networkd = if config.systemd.network.enable or false then config.systemd.network else { };
  set = value: if isAttrs value then value else { };
  show =
    claim:
    concatStringsSep ", " (
      map ({ address, prefixLength, ... }: "${address}/${toString prefixLength}") claim.addresses
      ++ (if claim.dhcp then [ "DHCP" ] else [ ])
      ++ map (gateway: "gateway ${gateway}") claim.gateways
    );
  says = claim: claim.addresses != [ ] || claim.dhcp || claim.gateways != [ ];

  wireless = concatMap (
    claim:
    map (name: {
      inherit (claim) option;
      host = if says claim then "${name}: ${show claim}" else name;
      why = "a virtual machine has no wireless card";
    }) (filter made.isWireless claim.names)
  ) expected.claims;

  tagged = concatMap (
    claim:
    let
      name = head claim.names;
      found = made.ground name;
    in
    if claim.names != [ ] && made.virtual ? ${name} && says claim && found != null && found.tagged then
      [
        {
          inherit (claim) option;
          host = show claim;
          why = "${name} is a VLAN, and behind the card of a virtual machine is no other end of it: nothing answers";
        }
      ]
    else
      [ ]
  ) expected.claims;

  # A key is made there, handed over, or not there.
  isOutside = file: isString file && match "/nix/store/.*" file == null;
  tunnel = option: file: {
    inherit option;
    host = toString file;
    why = "this file is not in the virtual machine unless it is put there: the tunnel is not set up";
  };
  tunnels =
    concatMap (
      { option, interfaces, keyOption }:
      concatMap (
        name:
        let
          one = interfaces.${name};
          file = if isString (one.privateKeyFile or null) then one.privateKeyFile else one.configFile or null;
        in
        if isOutside file && !(one.generatePrivateKeyFile or false) then [ (tunnel "${option}.${name}.${keyOption one}" file) ] else [ ]
      ) (attrNames interfaces)
    ) [
      {
        option = "networking.wireguard.interfaces";
        interfaces = set ((set (net.wireguard or { })).interfaces or { });
        keyOption = _: "privateKeyFile";
      }
      {
        option = "networking.wg-quick.interfaces";
        interfaces = set ((set (net.wg-quick or { })).interfaces or { });
        keyOption = one: if isString (one.privateKeyFile or null) then "privateKeyFile" else "configFile";
      }
    ]
    ++ concatMap (
      key:
      let
        file = (networkd.netdevs.${key}.wireguardConfig or { }).PrivateKeyFile or null;
      in
      if isOutside file then [ (tunnel "systemd.network.netdevs.${key}.wireguardConfig.PrivateKeyFile" file) ] else [ ]
    ) (attrNames (networkd.netdevs or { }));

  unanswered = concatMap (
    card:
    map (gateway: {
      option = head (card.options ++ [ "networking.defaultGateway" ]);
      host = "gateway ${gateway}";
      why = "QEMU's user network answers for one gateway of IPv4 and one of IPv6: this one does not answer";
    }) (filter (gateway: !elem gateway card.answered) card.gateways)
  ) cards;

  lost = concatMap (
    { address, interface }:
    if any (card: elem address card.gateways) cards then
      [ ]
    else
      [
        {
          option = if match ".*:.*" address == null then "networking.defaultGateway" else "networking.defaultGateway6";
          host = "${address}${if interface == null then "" else " on ${interface}"}";
          why = "no card of the host has it in its network: it does not answer";
        }
      ]
  ) expected.gateways;
in
wireless ++ tagged ++ tunnels ++ unanswered ++ lost
