# What network/*.nix share: a claim about a card, and how systemd and NetworkManager write things.
config:
let
  inherit (builtins)
    elemAt
    filter
    fromJSON
    head
    isAttrs
    match
    replaceStrings
    ;
  virtual = import ./virtual.nix config;
in
{
  made = virtual;
  inherit (virtual) list;
  set = value: if isAttrs value then value else { };
  quoted = name: if match "[A-Za-z0-9_'-]+" name != null then name else builtins.toJSON name;
  claim =
    more:
    {
      names = [ ];
      patterns = [ ];
      mentioned = false;
      macs = [ ];
      addresses = [ ];
      gateways = [ ];
      nameservers = [ ];
      dhcp = false;
    }
    // more;
  # An address with the length of its network, as [ { address; prefixLength; } ].
  withPrefix =
    text:
    let
      found = match "([^/]+)(/([0-9]+))?" text;
      bits = elemAt found 2;
    in
    if found == null then
      [ ]
    else
      [
        {
          address = head found;
          prefixLength = if bits != null then fromJSON bits else if match ".*:.*" text != null then 128 else 32;
        }
      ];
  # Those of one card, as QEMU takes them.
  macsOf =
    let
      plain = replaceStrings [ "-" "A" "B" "C" "D" "E" "F" ] [ ":" "a" "b" "c" "d" "e" "f" ];
      isMac = text: match "[0-9a-f][02468ace](:[0-9a-f]{2}){5}" text != null;
    in
    value: filter isMac (map plain (virtual.list value));
}
