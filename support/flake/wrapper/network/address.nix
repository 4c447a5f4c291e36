# IP addresses as numbers. `parse` gives { size; words; }: 4 words of 8 bits, or 8 of 16; null for anything else.
let
  inherit (builtins)
    all
    concatStringsSep
    elemAt
    filter
    foldl'
    genList
    isString
    length
    match
    split
    stringLength
    substring
    ;
  power = exponent: if exponent <= 0 then 1 else 2 * power (exponent - 1);
  digits = "0123456789abcdef";
  lower = builtins.replaceStrings [ "A" "B" "C" "D" "E" "F" ] [ "a" "b" "c" "d" "e" "f" ];
  digitOf =
    base: digit:
    builtins.head (filter (value: substring value 1 digits == digit) (genList (value: value) base));
  number =
    base: text:
    foldl' (sum: at: sum * base + digitOf base (substring at 1 text)) 0 (
      genList (at: at) (stringLength text)
    );
  hexadecimal =
    value: (if value >= 16 then hexadecimal (value / 16) else "") + substring (value - value / 16 * 16) 1 digits;
  parts = separator: text: filter isString (split separator text);

  parse4 =
    text:
    let
      words = map (number 10) (parts "[.]" text);
    in
    if match "[0-9]{1,3}([.][0-9]{1,3}){3}" text != null && all (word: word < 256) words then
      { size = 8; inherit words; }
    else
      null;

  parse6 =
    given:
    let
      # Without the zone.
      text = lower (builtins.head (parts "%" given));
      groups = half: if half == "" then [ ] else parts ":" half;
      halves = map groups (parts "::" text);
      before = builtins.head halves;
      after = elemAt halves 1;
      isShort = length halves == 2;
      zeros = 8 - length before - (if isShort then length after else 0);
      written =
        if isShort && zeros > 0 then
          before ++ genList (_: "0") zeros ++ after
        else if length halves == 1 then
          before
        else
          [ ];
    in
    if match "[0-9a-f:]+" text != null && length written == 8 && all (group: match "[0-9a-f]{1,4}" group != null) written then
      { size = 16; words = map (number 16) written; }
    else
      null;
in
rec {
  parse =
    text:
    let
      found = if match ".*:.*" text == null then parse4 text else parse6 text;
    in
    if isString text && text != "" then found else null;

  isV6 = { size, ... }: size == 16;

  show =
    { size, words }:
    if size == 8 then concatStringsSep "." (map toString words) else concatStringsSep ":" (map hexadecimal words);

  # The first address of a network of so many bits.
  start =
    bits:
    { size, words }:
    {
      inherit size;
      words = genList (
        at:
        let
          left = bits - at * size;
          unit = power (size - left);
          word = elemAt words at;
        in
        if left >= size then word else if left <= 0 then 0 else word / unit * unit
      ) (length words);
    };

  # Whether two addresses are in one network of so many bits.
  together = bits: one: other: one.size == other.size && start bits one == start bits other;

  isLinkLocal = address: isV6 address && together 10 address (parse "fe80::");

  # Of an IPv4 address and back.
  toNumber = { words, ... }: foldl' (sum: word: sum * 256 + word) 0 words;
  fromNumber = value: {
    size = 8;
    words = map (
      at:
      let
        rest = value / power (8 * at);
      in
      rest - rest / 256 * 256
    ) [ 3 2 1 0 ];
  };
  inherit power;
}
