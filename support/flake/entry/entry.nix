# Who gets into a host by ssh as it is declared, and can become root there. Sent to Nix as text; `sshOf`: wrapper/ssh.nix.
sshOf:
host:
let
  inherit (builtins)
    any
    attrNames
    concatMap
    elem
    filter
    isString
    match
    readFile
    split
    unsafeDiscardStringContext
    ;
  inherit (host) config;
  ssh = sshOf {
    inherit (host) config options;
    network = null;
  };
  users = config.users.users or { };
  security = config.security or { };

  # What `users.users.NAME.openssh.authorizedKeys` puts into /etc/ssh/authorized_keys.d (nixos/modules/services/networking/ssh/sshd.nix).
  keysOf =
    name:
    let
      declared = users.${name}.openssh.authorizedKeys or { };
    in
    filter (line: isString line && match "[[:space:]]*(#.*)?" line == null) (
      concatMap (split "\n") (map unsafeDiscardStringContext ((declared.keys or [ ]) ++ map readFile (declared.keyFiles or [ ])))
    );

  # Of sudo, sudo-rs and doas those that let wheel become root. What further rules allow is not followed.
  programs = filter (one: security.${one}.enable or false) [ "sudo" "sudo-rs" "doas" ];
  isFree = one: !(security.${one}.wheelNeedsPassword or true);
  isNamed =
    name: rule: elem name (rule.users or [ ]) || any (group: group != "wheel" && elem group (rule.groups or [ ])) (ssh.groupsOf name);
  isRuled = name: any (one: any (isNamed name) (security.${one}.extraRules or [ ])) programs;
  rootBy =
    name:
    if name == "root" then
      "itself"
    else if programs != [ ] && elem "wheel" (ssh.groupsOf name) then
      (if any isFree programs then "wheel" else "password")
    else if isRuled name then
      "rules"
    else
      "none";

  # A hash that begins with ! or * is no password (shadow(5)).
  isPassword = value: value != null && (!(isString value) || match "[!*].*|" value == null);
  hasPassword =
    user:
    any isPassword (
      map (option: user.${option} or null) [
        "hashedPassword"
        "hashedPasswordFile"
        "passwordFile"
        "password"
        "initialHashedPassword"
        "initialPassword"
      ]
    );
  accounts = filter (name: name == "root" || keysOf name != [ ]) (attrNames users);
in
{
  inherit (ssh) enabled port isMatched isOpenToAll listensToAll;
  asksProgram = (config.services.openssh.authorizedKeysCommand or "none") != "none";
  obstacles = ssh.byLoopback ++ ssh.byFirewall;
  accounts = map (name: {
    inherit name;
    keys = keysOf name;
    obstacles = ssh.byAccount name;
    rootBy = rootBy name;
    hasPassword = hasPassword users.${name};
  }) accounts;
}
