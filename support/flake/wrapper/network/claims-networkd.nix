# Claims of systemd.network.networks.
config:
let
  inherit (builtins)
    attrNames
    concatMap
    filter
    isString
    match
    ;
  inherit (import ./words.nix config) claim macsOf made quoted set withPrefix;
  networkd = if config.systemd.network.enable or false then config.systemd.network else { };

  # A section was once in a set of its own.
  section = name: entry: entry.${name} or entry;
  networks = set (networkd.networks or { });
  claims = concatMap (
    key:
    let
      network = networks.${key};
      matched = network.matchConfig or { };
      names = made.namesOf network;
      words = name: made.list (network.networkConfig.${name} or [ ]);
      routes = map (section "routeConfig") (network.routes or [ ]);
      placed = import ./placed.nix key matched;
      on = value: builtins.elem (toString value) [ "1" "yes" "true" "ipv4" "ipv6" "both" ];
    in
    if !(network.enable or true) || (network.linkConfig.Unmanaged or false) == true then
      [ ]
    else
      [
        (claim {
          option = "systemd.network.networks.${quoted key}";
          names = filter made.isExact names;
          # Any wired card, as NixOS's own network for DHCP.
          patterns =
            if placed != null then
              [ ]
            else if names == [ ] && builtins.elem "ether" (made.list (matched.Type or [ ])) then
              [ "*" ]
            else
              filter (name: !(made.isExact name) && match "!.*" name == null) names;
          macs = macsOf (
            if placed == null then matched.PermanentMACAddress or (matched.MACAddress or [ ]) else placed.PermanentMACAddress or [ ]
          );
          addresses = concatMap withPrefix (
            (network.address or [ ]) ++ words "Address" ++ map (entry: (section "addressConfig" entry).Address or "") (network.addresses or [ ])
          );
          gateways =
            (network.gateway or [ ]) ++ words "Gateway" ++ filter isString (map (route: route.Gateway or null) routes);
          nameservers = (network.dns or [ ]) ++ words "DNS";
          dhcp = on (network.DHCP or false) || on (network.networkConfig.DHCP or false);
        })
      ]
  ) (attrNames networks);
in
claims
