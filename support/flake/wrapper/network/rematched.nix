# Networks that match their cards otherwise in a virtual machine: [ { key; option; host; machine; shown; } ]. `machine` is what
# they match by there, `shown` the same as text.
config:
let
  inherit (builtins)
    attrNames
    concatMap
    concatStringsSep
    filter
    isList
    ;
  inherit (import ./words.nix config) quoted set;
  networkd = if config.systemd.network.enable or false then config.systemd.network else { };
  networks = set (networkd.networks or { });
  words = value: concatStringsSep " " (map toString (if isList value then value else [ value ]));
  show = matched: concatStringsSep ", " (map (name: "${name}=${words matched.${name}}") (attrNames matched));
in
concatMap (
  key:
  let
    matched = networks.${key}.matchConfig or { };
    machine = import ./placed.nix key matched;
  in
  if machine == null || !(networks.${key}.enable or true) then
    [ ]
  else
    [
      {
        inherit key machine;
        option = "systemd.network.networks.${quoted key}.matchConfig";
        host = show matched;
        shown = show machine;
      }
    ]
) (attrNames networks)
