# Of a network that matches a card by where it is plugged in, or by its driver, which in a virtual machine no card does: by what it matches
# one there, its name or address where it has one, else an address of ours. Null for any other.
key: matched:
let
  inherit (builtins)
    any
    filter
    hashString
    isList
    match
    substring
    ;
  hardware = filter (name: matched ? ${name}) [ "Driver" "Path" "Property" ];
  listed = name: if isList (matched.${name} or [ ]) then matched.${name} or [ ] else [ (toString matched.${name}) ];
  # One card, and not any that is like it.
  isKnown =
    any (name: match ".*[]!*?[].*" name == null) (listed "Name")
    || any (name: matched ? ${name}) [ "MACAddress" "PermanentMACAddress" ];
  digits = hashString "sha256" key;
  address = "52:54:01:${substring 0 2 digits}:${substring 2 2 digits}:${substring 4 2 digits}";
in
if hardware == [ ] then
  null
else if isKnown then
  removeAttrs matched hardware
else
  { PermanentMACAddress = address; }
