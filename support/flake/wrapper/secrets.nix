# Secrets that a host expects beside its configuration, and that are in no closure: what sops-nix and agenix decrypt, and files outside
# the store that passwords and services are read from. Each with the files of which one must be there, and what needs it.
machine:
let
  inherit (builtins)
    any
    attrNames
    attrValues
    concatMap
    concatStringsSep
    deepSeq
    elem
    filter
    isAttrs
    isList
    isPath
    isString
    listToAttrs
    match
    split
    substring
    tryEval
    ;
  inherit (machine) config;
  options = machine.options or { };
  text = value: builtins.unsafeDiscardStringContext (toString value);
  names = list: attrNames (listToAttrs (map (name: { inherit name; value = null; }) list));

  # What throws in one place hides nothing of the others.
  guarded =
    default: value:
    let
      tried = tryEval (deepSeq value value);
    in
    if tried.success then tried.value else default;

  services =
    let
      all = config.systemd.services or { };
      isOn = name: guarded false (all.${name}.enable or true);
    in
    listToAttrs (map (name: { inherit name; value = all.${name}; }) (filter isOn (attrNames all)));

  # All that stands in a definition, as text.
  flat =
    value:
    if isString value || isPath value || isAttrs value && value ? outPath then
      text value
    else if isList value then
      concatStringsSep "\n" (map flat value)
    else if isAttrs value then
      concatStringsSep "\n" (map flat (attrValues value))
    else
      "";
  # The words in it that may be paths.
  wordsOf =
    written:
    let
      words = filter (word: isString word && word != "") (split "[^A-Za-z0-9_./@+-]+" written);
    in
    listToAttrs (map (name: { inherit name; value = null; }) (words ++ map (substring 1 (-1)) words));
  serviceWords = builtins.mapAttrs (
    _: service:
    guarded { } (
      wordsOf (
        flat (
          map (part: service.${part} or "") [
            "environment"
            "postStart"
            "preStart"
            "reload"
            "script"
            "serviceConfig"
          ]
        )
      )
    )
  ) services;
  activationWords = guarded { } (
    wordsOf (
      concatStringsSep "\n" (
        map (snippet: if isString snippet then snippet else text (snippet.text or "")) (
          attrValues (removeAttrs (config.system.activationScripts or { }) [ "script" ])
        )
      )
    )
  );
  etc = map (name: "/etc/${name}") (attrNames (guarded { } (builtins.mapAttrs (_: _: null) (config.environment.etc or { }))));

  usersWith =
    path:
    filter (name: guarded null (passwordFile config.users.users.${name}) == path) (
      attrNames (config.users.users or { })
    );
  # The older name of the one is the other.
  passwordFile =
    user:
    let
      file = if user.hashedPasswordFile or null != null then user.hashedPasswordFile else user.passwordFile or null;
    in
    if file == null then null else text file;
  unitsWith = path: map (name: "${name}.service") (filter (name: serviceWords.${name} ? ${path}) (attrNames services));

  # Services that do not start without these, and so on.
  requirements = builtins.mapAttrs (
    _: service: guarded [ ] (map text ((service.requires or [ ]) ++ (service.requisite or [ ]) ++ (service.bindsTo or [ ])))
  ) services;
  withDependents =
    units:
    let
      more = filter (name: !elem "${name}.service" units && any (unit: elem unit units) requirements.${name}) (
        attrNames services
      );
    in
    if more == [ ] then units else withDependents (units ++ map (name: "${name}.service") more);

  isInStore = path: match "/nix/store/.*" path != null;
  # A key that the configuration itself brings along.
  isThere = path: isInStore path || elem path etc;

  # Where systemd decrypts and not an activation script (userborn, sysusers), a unit fails for want of the key.
  installersOf = {
    sops = [
      "sops-install-secrets"
      "sops-install-secrets-for-users"
    ];
    age = [ "agenix-install-secrets" ];
  };

  encrypted =
    option: keys: set:
    let
      wanted = filter (key: key != "") (map text keys);
      installers = installersOf.${builtins.head option};
      one =
        name:
        let
          entry = set.${name};
          path = text entry.path;
        in
        guarded [ ] [
          {
            option = option ++ [ name ];
            inherit path;
            keys = wanted;
            users = usersWith path;
            units = names (
              withDependents (
                unitsWith path
                ++ map text ((entry.restartUnits or [ ]) ++ (entry.reloadUnits or [ ]))
                ++ map (name: "${name}.service") (filter (name: services ? ${name}) installers)
              )
            );
          }
        ];
    in
    if any isThere wanted then [ ] else concatMap one (attrNames set);

  sopsKeys =
    let
      inherit (config.sops) age gnupg;
      given = value: if value == null then [ ] else [ value ];
    in
    given (age.keyFile or null) ++ (age.sshKeyPaths or [ ]) ++ given (gnupg.home or null) ++ (gnupg.sshKeyPaths or [ ]);
  sops =
    if options ? sops then
      guarded null (
        encrypted [ "sops" "secrets" ] sopsKeys (config.sops.secrets or { })
        ++ encrypted [ "sops" "templates" ] sopsKeys (if config.sops.secrets or { } == { } then { } else config.sops.templates or { })
      )
    else
      [ ];
  age =
    if options ? age && options.age ? secrets then
      guarded null (encrypted [ "age" "secrets" ] (config.age.identityPaths or [ ]) (config.age.secrets or { }))
    else
      [ ];

  # Folders that systemd makes for a service, which may well put its own files there (systemd.exec(5)).
  ownFolders = concatMap (
    service:
    concatMap
      (
        { setting, root }:
        map (name: "${root}/${name}/") (
          guarded [ ] (filter isString (split "[[:space:]]+" (flat (service.serviceConfig.${setting} or ""))))
        )
      )
      [
        { setting = "RuntimeDirectory"; root = "/run"; }
        { setting = "StateDirectory"; root = "/var/lib"; }
        { setting = "CacheDirectory"; root = "/var/cache"; }
        { setting = "ConfigurationDirectory"; root = "/etc"; }
      ]
  ) (attrValues services);
  startsWith = start: path: start != "" && substring 0 (builtins.stringLength start) path == start;
  tmpfiles = guarded { } (wordsOf (flat (config.systemd.tmpfiles.rules or [ ])));

  decrypted = listToAttrs (
    map ({ path, ... }: { name = path; value = null; }) (
      (if sops == null then [ ] else sops) ++ (if age == null then [ ] else age)
    )
  );
  # By a unit other than the one that reads it, or before any.
  isMade =
    reader: path:
    isThere path
    || decrypted ? ${path}
    || activationWords ? ${path}
    || tmpfiles ? ${path}
    || any (folder: startsWith folder path) (filter (folder: match "/[^/]+(/[^/]+)?//" folder == null) ownFolders)
    || any (name: name != reader && serviceWords.${name} ? ${path}) (attrNames services)
    # What cannot be known of those is not said of their files.
    || sops == null && match "/run/secrets(-for-users)?/.*" path != null
    || age == null && match "/run/agenix/.*" path != null
    # Of the kernel and of systemd, and names that only systemd can complete.
    || match "/(proc|sys|dev|run/credentials)/.*|.*%.*" path != null;

  fileOf = option: path: uses: { inherit option path; keys = [ path ]; users = [ ]; units = [ ]; } // uses;
  passwords = concatMap (
    name:
    let
      path = guarded null (passwordFile config.users.users.${name});
    in
    if path == null || isMade null path then
      [ ]
    else
      [ (fileOf [ "users" "users" name "hashedPasswordFile" ] path { users = [ name ]; }) ]
  ) (filter (name: guarded false (config.users.users.${name}.enable or true)) (attrNames (config.users.users or { })));

  # `ID:PATH` of a credential; a path with a dash before it need not be there (systemd.exec(5)).
  readFrom =
    setting: written:
    if setting == "EnvironmentFile" then
      if match "/.*" written == null then null else written
    else
      let
        found = match "[^:]+:(/.*)" written;
      in
      if found == null then null else builtins.head found;
  credentials = concatMap (
    name:
    concatMap
      (
        setting:
        concatMap
          (
            written:
            let
              path = readFrom setting written;
            in
            if path == null || isMade name path then
              [ ]
            else
              [ (fileOf [ "systemd" "services" name "serviceConfig" setting ] path { units = withDependents [ "${name}.service" ]; }) ]
          )
          (guarded [ ] (filter isString (split "\n" (flat (services.${name}.serviceConfig.${setting} or "")))))
      )
      [
        "EnvironmentFile"
        "LoadCredential"
        "LoadCredentialEncrypted"
      ]
  ) (attrNames services);

  parts = [
    { name = "sops"; found = sops; }
    { name = "age"; found = age; }
    { name = "users.users"; found = guarded null passwords; }
    { name = "systemd.services"; found = guarded null credentials; }
  ];
in
{
  found = concatMap ({ found, ... }: if found == null then [ ] else found) parts;
  # Where the configuration does not say what there is.
  unknown = concatMap ({ name, found }: if found == null then [ name ] else [ ]) parts;
}
