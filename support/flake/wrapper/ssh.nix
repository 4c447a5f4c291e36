# What keeps a key out of an account, or a connection away from sshd: [ { option; value; why; files; } ]. Only what is certain is named; what a
# Match block or rules of one's own may allow is tried. sshd is judged, never changed. Read by wrapper.nix of a machine, by entry.nix of a host.
{
  # The machine: what its variant says holds there.
  config,
  options,
  # network/plan.nix, or null.
  network,
}:
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
    isBool
    isInt
    isList
    isString
    match
    replaceStrings
    split
    tryEval
    ;
  sshd = config.services.openssh or { };
  settings = sshd.settings or { };
  setting = name: old: settings.${name} or (sshd.${old} or null);
  words = value: if isList value then map toString value else if isString value then filter (word: isString word && word != "") (split "[[:space:],]+" value) else [ ];
  isOff = value: value == false || value == "no";
  show = value: if isBool value then (if value then "true" else "false") else if isList value then "[ ${concatStringsSep " " (map toString value)} ]" else toString value;

  # Files that set it, as the module system names them; an option of a submodule is set where its set is.
  filesOf =
    path:
    let
      walk =
        at: rest:
        if at._type or null == "option" then
          if rest == [ ] then at.files or [ ] else map ({ file, ... }: file) (filter ({ value, ... }: has rest value) (at.definitionsWithLocations or [ ]))
        else if rest != [ ] && isAttrs at && at ? ${head rest} then
          walk at.${head rest} (builtins.tail rest)
        else
          [ ];
      has = rest: value: rest == [ ] || !isAttrs value || value ? _type || value ? ${head rest} && has (builtins.tail rest) value.${head rest};
      tried = tryEval (builtins.deepSeq (map toString (walk options path)) (map toString (walk options path)));
    in
    if tried.success then map builtins.unsafeDiscardStringContext tried.value else [ ];
  forbids = path: value: why: {
    option = concatStringsSep "." path;
    value = builtins.unsafeDiscardStringContext (show value);
    inherit why;
    files = filesOf path;
  };
  ofSetting = name: forbids [ "services" "openssh" "settings" name ] (setting name "");

  # --- who may come in (sshd_config(5)); a Match block may say otherwise for us
  isMatched = match "(.*\n)?[[:space:]]*[Mm]atch[[:space:]].*" (sshd.extraConfig or "") != null;
  glob = pattern: name: match (replaceStrings [ "." "*" "?" "+" "$" ] [ "[.]" ".*" "." "[+]" "[$]" ] pattern) name != null;
  userOf = pattern: head (split "@" pattern);
  names = account: pattern: match "!.*" pattern == null && glob (userOf pattern) account;
  # From everywhere.
  namesAlways = account: pattern: names account pattern && match ".*@.*" pattern == null;
  groupsOf =
    account:
    let
      user = config.users.users.${account} or { };
    in
    [ (if account == "root" then "root" else user.group or "") ]
    ++ (user.extraGroups or [ ])
    ++ filter (name: elem account (config.users.groups.${name}.members or [ ])) (attrNames (config.users.groups or { }));
  inGroup = account: pattern: any (glob pattern) (groupsOf account);
  allowUsers = words (setting "AllowUsers" "");
  denyUsers = words (setting "DenyUsers" "");
  allowGroups = words (setting "AllowGroups" "");
  denyGroups = words (setting "DenyGroups" "");
  rootLogin = setting "PermitRootLogin" "permitRootLogin";
  methods = setting "AuthenticationMethods" "";
  keyFiles = sshd.authorizedKeysFiles or [ ];
  # NixOS puts declared keys there.
  isKeyFile = account: file: elem file [ "/etc/ssh/authorized_keys.d/%u" "/etc/ssh/authorized_keys.d/${account}" ];
  keySetting = setting "AuthorizedKeysFile" "";

  when = condition: one: if condition then [ one ] else [ ];
  byAccount =
    account:
    let
      shell = toString (config.users.users.${account}.shell or "");
    in
    when (account == "root" && elem rootLogin [ "no" "forced-commands-only" ]) (
      forbids (if settings ? PermitRootLogin then [ "services" "openssh" "settings" "PermitRootLogin" ] else [ "services" "openssh" "permitRootLogin" ]) rootLogin "root may not log in"
    )
    ++ when (allowUsers != [ ] && !(any (names account) allowUsers)) (ofSetting "AllowUsers" "${account} is not among them")
    ++ when (any (namesAlways account) denyUsers) (ofSetting "DenyUsers" "${account} is among them")
    ++ when (allowGroups != [ ] && !(any (inGroup account) allowGroups)) (ofSetting "AllowGroups" "${account} is in none of them")
    ++ when (any (inGroup account) denyGroups) (ofSetting "DenyGroups" "${account} is in one of them")
    ++ when (isOff (setting "PubkeyAuthentication" "")) (ofSetting "PubkeyAuthentication" "no key is accepted")
    ++ when (methods != null && !(any (one: elem one [ "any" "publickey" ]) (if isList methods then map toString methods else filter (word: isString word && word != "") (split "[[:space:]]+" (toString methods))))) (
      ofSetting "AuthenticationMethods" "a key alone is not enough"
    )
    ++ (
      if keySetting != null then
        when (!(any (isKeyFile account) (words keySetting))) (ofSetting "AuthorizedKeysFile" notRead)
      else
        when (keyFiles != [ ] && !(any (isKeyFile account) keyFiles)) (forbids [ "services" "openssh" "authorizedKeysFiles" ] keyFiles notRead)
    )
    ++ when (match ".*/(nologin|false)" shell != null) (forbids [ "users" "users" account "shell" ] shell "${account} has no shell");
  notRead = "declared keys are in /etc/ssh/authorized_keys.d/%u, which is not read";

  # --- where it listens
  ports = filter isInt (sshd.ports or [ ]) ++ [ 22 ];
  listens = sshd.listenAddresses or [ ];
  address = if network == null then null else network.guestAddress;
  # A name is not looked up here, and the address that DHCP hands out is not known for certain: those are tried.
  isElsewhere =
    { addr, ... }:
    match "(127[.].*|localhost|\\[?::1?]?)" addr != null
    || match "[0-9.]+|.*:.*" addr != null && addr != "0.0.0.0" && addr != address && (address != null || match "10[.]0[.].*" addr == null);
  usable = filter (one: !(isElsewhere one)) listens;
  # Of several the first that the firewall lets through.
  candidates =
    let
      given = filter isInt (map (one: one.port or null) usable);
    in
    if given == [ ] then ports else given;
  port = head (filter isOpen candidates ++ candidates);
  byAddress = when (listens != [ ] && usable == [ ]) (
    forbids [ "services" "openssh" "listenAddresses" ] (map ({ addr, ... }: addr) listens) "the runner's connection comes to ${
      if address == null then "the address that DHCP hands out" else address
    }"
  );

  # --- the firewall
  firewall = config.networking.firewall or { };
  cards = if network == null then [ ] else filter ({ index, ... }: index == 0) network.cards;
  card = if cards == [ ] then "eth0" else if (head cards).name == null then (head cards).kernel else (head cards).name;
  lets =
    port: rules:
    elem port (rules.allowedTCPPorts or [ ])
    || any ({ from, to, ... }: from <= port && port <= to) (rules.allowedTCPPortRanges or [ ]);
  # Of a bridge or a bond it is the rules for that one; which, is not followed.
  ofCards = attrNames (firewall.interfaces or { });
  orElse =
    fallback: value:
    let
      tried = tryEval value;
    in
    if tried.success then tried.value else fallback;
  own = toString [
    (firewall.extraCommands or "")
    (firewall.extraInputRules or "")
    # Until NixOS 22.11 it has no default, and throws.
    (orElse "" (config.networking.nftables.ruleset or ""))
    (concatStringsSep " " (attrNames (config.networking.nftables.tables or { })))
  ];
  isOpenToAll = port: !(firewall.enable or false) || lets port firewall;
  isOpen =
    port:
    isOpenToAll port
    || any (name: (name == card || match "br.*|bond.*" name != null) && lets port firewall.interfaces.${name}) ofCards
    || any (name: name == card || match "br.*|bond.*" name != null) (firewall.trustedInterfaces or [ ])
    || match ".*([aA][cC][cC][eE][pP][tT]|${toString port}).*" (replaceStrings [ "\n" ] [ " " ] own) != null;
  byFirewall = when (!(isOpen port)) (
    if (sshd.openFirewall or true) == false then
      forbids [ "services" "openssh" "openFirewall" ] false "the firewall drops what comes to port ${toString port}"
    else
      forbids [ "networking" "firewall" "allowedTCPPorts" ] (firewall.allowedTCPPorts or [ ]) "the firewall drops what comes to port ${toString port}"
  );
in
{
  enabled = sshd.enable or false;
  inherit port;
  forbidden = if sshd.enable or false then (if isMatched then [ ] else byAccount "root") ++ byAddress ++ byFirewall else [ ];

  # Of a host as it will be, wherever a connection comes from.
  inherit
    isMatched
    byAccount
    byFirewall
    groupsOf
    ;
  # Open to everybody who comes, not only by a card or by rules of one's own.
  isOpenToAll = isOpenToAll port;
  # Which addresses lead to it from where is not followed.
  listensToAll = listens == [ ] || any ({ addr, ... }: elem addr [ "0.0.0.0" "::" "[::]" ]) listens;
  byLoopback = when (listens != [ ] && !(any ({ addr, ... }: match "(127[.].*|localhost|\\[?::1]?)" addr == null) listens)) (
    forbids [ "services" "openssh" "listenAddresses" ] (map ({ addr, ... }: addr) listens) "nothing reaches it from outside"
  );
}
