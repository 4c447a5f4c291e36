# What the host's own configuration says of its network cards, one claim for each place that says something:
# { option; names; patterns; macs; addresses; gateways; nameservers; dhcp; mentioned; }.
config:
let
  inherit (builtins)
    attrValues
    concatMap
    filter
    foldl'
    head
    isString
    match
    split
    ;
  inherit (import ./words.nix config) macsOf made;
  net = config.networking;
  links = filter (link: link.enable or true) (attrValues (config.systemd.network.links or { }));

  # udev rules of old: SUBSYSTEM=="net", ATTR{address}=="…", NAME="lan0".
  ruleNames = concatMap (
    line:
    let
      address = match ".*ATTR[{]address[}]==\"([^\"]+)\".*" line;
      name = match ".*NAME=\"([A-Za-z0-9_.-]+)\".*" line;
    in
    if address == null || name == null then [ ] else [ { name = head name; macs = macsOf (head address); } ]
  ) (filter isString (split "\n" (config.services.udev.extraRules or "")));
in
{
  inherit made;
  claims = concatMap (file: import file config) [
    ./claims-scripted.nix
    ./claims-networkd.nix
    ./claims-manager.nix
  ];
  # What gives a card of that address that name: nothing of ours is needed then.
  named =
    filter ({ name, macs }: macs != [ ]) (
      concatMap (
        link:
        if isString (link.linkConfig.Name or null) then
          [
            {
              name = link.linkConfig.Name;
              macs = macsOf (link.matchConfig.PermanentMACAddress or (link.matchConfig.MACAddress or [ ]));
            }
          ]
        else
          [ ]
      ) links
      ++ ruleNames
    );
  # What NixOS does to a card by its name: networking.interfaces.*.macAddress and mtu.
  linkConfigOf =
    name:
    foldl' (all: link: all // (link.linkConfig or { })) { } (
      filter (link: builtins.elem name (made.list (link.matchConfig.OriginalName or [ ]))) links
    );
  gateways = concatMap (
    given:
    if given == null then [ ] else [ { inherit (given) address; interface = given.interface or null; } ]
  ) [ (net.defaultGateway or null) (net.defaultGateway6 or null) ];
  nameservers = net.nameservers or [ ];
  # Whatever card there is gets its address by DHCP.
  dynamic = (net.useDHCP or false) && (net.dhcpcd.enable or true) || (net.networkmanager.enable or false);
}
