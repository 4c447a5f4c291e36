# Claims of networking.interfaces, and of rules that speak of a card: a rule of a firewall for enp1s0 says nothing about eth0.
config:
let
  inherit (builtins)
    attrNames
    concatMap
    filter
    isString
    match
    ;
  inherit (import ./words.nix config) claim quoted set;
  net = config.networking;

  scripted = map (
    name:
    let
      one = net.interfaces.${name};
      families = [ (one.ipv4 or { }) (one.ipv6 or { }) ];
      addresses = concatMap (family: map (given: { inherit (given) address prefixLength; }) (family.addresses or [ ])) families;
      useDHCP = one.useDHCP or null;
    in
    claim {
      option = "networking.interfaces.${quoted name}";
      names = [ (one.name or name) ];
      inherit addresses;
      gateways = filter (via: via != null) (concatMap (family: map (route: route.via or null) (family.routes or [ ])) families);
      dhcp = useDHCP == true || useDHCP == null && (net.useDHCP or false) && addresses == [ ];
    }
  ) (attrNames (net.interfaces or { }));

  mentions = map (name: claim { option = "networking.firewall.interfaces.${quoted name}"; names = [ name ]; mentioned = true; }) (
    filter (name: match "(en[a-z][0-9a-z]+|eth[0-9]+)" name != null) (
      (if net.firewall.enable or false then attrNames (set (net.firewall.interfaces or { })) else [ ])
      ++ (if net.nat.enable or false then filter isString [ (net.nat.externalInterface or null) ] ++ (net.nat.internalInterfaces or [ ]) else [ ])
    )
  );

in
scripted ++ mentions
