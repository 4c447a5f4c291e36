# The definitions with which the host's own cannot be reconciled: the option has a value in the host, and none in the machine.
{ host, first }:
let
  inherit (builtins) filter seq tryEval;
  reach = import ./reach.nix;
  has =
    evaluation: path:
    let
      found = tryEval (
        let
          one = reach path evaluation.config;
        in
        seq (one.value or null) (one ? value)
      );
    in
    {
      fails = !found.success;
      value = found.success && found.value;
    };
in
filter ({ path, ... }: (has first path).fails && !(has host path).fails)
