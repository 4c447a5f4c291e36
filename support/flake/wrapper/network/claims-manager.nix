# Claims of NetworkManager's profiles that are written in the configuration.
config:
let
  inherit (builtins)
    attrNames
    concatMap
    filter
    head
    isString
    match
    split
    ;
  inherit (import ./words.nix config) claim macsOf made quoted set withPrefix;
  net = config.networking;
  profiles = set (net.networkmanager.ensureProfiles.profiles or { });
  claims = concatMap (
    key:
    let
      profile = profiles.${key};
      connection = set (profile.connection or { });
      ethernet = set (profile.ethernet or (profile."802-3-ethernet" or { }));
      addresses =
        family:
        concatMap (
          name:
          let
            found = match "address[0-9]*" name;
            words = filter isString (split "[,;]" (toString family.${name}));
          in
          if found == null then [ ] else [ { address = withPrefix (head words); via = builtins.tail words; } ]
        ) (attrNames family);
      all = concatMap (family: addresses (set family)) [ (profile.ipv4 or { }) (profile.ipv6 or { }) ];
      isWired = builtins.elem (connection.type or "") [ "ethernet" "802-3-ethernet" ];
      manual = (profile.ipv4.method or "auto") == "manual";
    in
    if (net.networkmanager.enable or false) && isWired then
      [
        (claim {
          option = "networking.networkmanager.ensureProfiles.profiles.${quoted key}";
          names = made.list (connection.interface-name or [ ]);
          macs = macsOf (ethernet.mac-address or [ ]);
          addresses = concatMap ({ address, ... }: address) all;
          gateways = concatMap ({ via, ... }: filter (word: word != "") via) all ++ made.list (profile.ipv4.gateway or [ ]) ++ made.list (profile.ipv6.gateway or [ ]);
          dhcp = !manual;
        })
      ]
    else
      [ ]
  ) (attrNames profiles);

in
claims
