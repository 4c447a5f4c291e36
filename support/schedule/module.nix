# Live hosts judged on a schedule: a service and a timer for each suite. What is new since the last good run decides.
{
  config,
  lib,
  pkgs,
  ...
}:
let
  inherit (lib) mkOption types;
  cfg = config.services.nixcumber;

  unit = name: "nixcumber-${name}";
  state = name: "/var/lib/nixcumber/${name}";

  fromNpm = pkgs.writeShellScriptBin "nixcumber" ''
    exec ${pkgs.nodejs}/bin/npx --yes nixcumber@${(lib.importJSON ../../package.json).version} "$@"
  '';

  suite =
    { name, ... }:
    {
      options = {
        project = mkOption {
          type = types.path;
          example = lib.literalExpression "./.";
          description = ''
            Folder with `features/`, and with `features/steps/` and `nixcumber.config.*` if there are any. It is copied to
            where the suite's history is, so that it may lie in the store.
          '';
        };
        hosts = mkOption {
          type = types.attrsOf (types.attrsOf types.anything);
          default = { };
          example = lib.literalExpression ''
            {
              web1 = {
                address = "ssh://root@web1.example.org";
                fingerprint = "SHA256:…";
                roles = [ "web" ];
              };
            }
          '';
          description = "Machines by name, as in `machines` of nixcumber.config.*.";
        };
        inventory = mkOption {
          type = types.listOf types.str;
          default = [ ];
          example = [ "hcloud:env=prod" ];
          description = "Further inventories, as {option}`--inventory` takes them.";
        };
        identity = mkOption {
          type = types.nullOr types.str;
          default = null;
          example = "/run/secrets/nixcumber-key";
          description = ''
            Private ssh key for those `hosts` that name none. Only root needs to be able to read it: the service is handed a
            copy (systemd's LoadCredential).
          '';
        };
        environmentFile = mkOption {
          type = types.nullOr types.str;
          default = null;
          example = "/run/secrets/nixcumber.env";
          description = "Lines of NAME=VALUE for what must be secret: HCLOUD_TOKEN, NIXCUMBER_PASSWORD_WEB1, … See systemd.exec(5).";
        };
        startAt = mkOption {
          type = types.either types.str (types.listOf types.str);
          default = "*-*-* 03:30";
          description = "When, as systemd.time(7) writes it. A run that was missed is made up for.";
        };
        randomizedDelaySec = mkOption {
          type = types.str;
          default = "10min";
          description = "At most this much later, so that not everybody comes at once.";
        };
        arguments = mkOption {
          type = types.listOf types.str;
          default = [ ];
          example = [
            "--tags"
            "not @slow"
          ];
          description = "Further words for `nixcumber run`.";
        };
        compareArguments = mkOption {
          type = types.listOf types.str;
          default = [ ];
          example = [ "--strict" ];
          description = "Further words for `nixcumber compare`.";
        };
        prometheusFile = mkOption {
          type = types.nullOr types.str;
          default = null;
          example = "/var/lib/prometheus-node-exporter/nixcumber-${name}.prom";
          description = "Where to put figures for node_exporter's textfile collector. The folder must be writable for the user nixcumber.";
        };
        onFailure = mkOption {
          type = types.listOf types.str;
          default = [ ];
          example = [ "notify-admin@%n.service" ];
          description = "Units that are started when something is new. The report is in {file}`/var/lib/nixcumber/NAME/new.{html,md}`.";
        };
      };
    };

  inventoryFile =
    name: suite:
    pkgs.writeText "${unit name}-inventory.json" (
      builtins.toJSON {
        machines = lib.mapAttrs (
          _: host: lib.optionalAttrs (suite.identity != null) { identity = "/run/credentials/${unit name}.service/identity"; } // host
        ) suite.hosts;
      }
    );

  runWords =
    name: suite:
    lib.concatMap (source: [
      "--inventory"
      source
    ]) (lib.optional (suite.hosts != { }) "${inventoryFile name suite}" ++ suite.inventory)
    ++ suite.arguments;

  compareWords =
    suite:
    [
      "--html"
      "new.html"
      "--markdown"
      "new.md"
    ]
    ++ lib.optionals (suite.prometheusFile != null) [
      "--prometheus"
      suite.prometheusFile
    ]
    ++ suite.compareArguments;

  service = name: suite: {
    description = "Judge the hosts of ${name}";
    wants = [ "network-online.target" ];
    after = [ "network-online.target" ];
    inherit (suite) onFailure;
    path = [
      cfg.package
      pkgs.coreutils
      pkgs.findutils
      pkgs.git
      # What npm and locks need.
      pkgs.bash
      pkgs.util-linux
    ];
    environment = {
      HOME = state name;
      XDG_CACHE_HOME = "/var/cache/nixcumber";
      npm_config_cache = "/var/cache/nixcumber/npm";
    };
    script = ''
      cd ${state name}
      # What a former version of the project had is gone; the history stays.
      find . -mindepth 1 -maxdepth 1 ! -name .nixcumber ! -name 'new.*' -exec rm -rf {} +
      find ${suite.project} -mindepth 1 -maxdepth 1 ! -name .nixcumber ! -name .git -exec cp -r --no-preserve=mode,ownership -t . {} +

      before=$(readlink .nixcumber/runs/latest || true)
      judged=0
      nixcumber run ${lib.escapeShellArgs (runWords name suite)} || judged=$?
      # A run that could not even begin has left no record: yesterday's would be compared, and look good.
      if [ "$(readlink .nixcumber/runs/latest || true)" = "$before" ]; then
        echo "nothing was judged: the run left no record (exit code $judged)" >&2
        exit 3
      fi
      # 2 is refused input: nothing was looked at. What does not hold, or could not be checked, need not be new.
      case $judged in
        0 | 1 | 3) exec nixcumber compare ${lib.escapeShellArgs (compareWords suite)} ;;
        *) exit "$judged" ;;
      esac
    '';
    serviceConfig = {
      Type = "oneshot";
      User = "nixcumber";
      Group = "nixcumber";
      StateDirectory = "nixcumber nixcumber/${name}";
      StateDirectoryMode = "0750";
      CacheDirectory = "nixcumber";
      UMask = "0027";
      # It asks other machines, and touches nothing of this one.
      ProtectSystem = "strict";
      ProtectHome = true;
      PrivateTmp = true;
      PrivateDevices = true;
      ProtectKernelTunables = true;
      ProtectKernelModules = true;
      ProtectKernelLogs = true;
      ProtectControlGroups = true;
      ProtectClock = true;
      ProtectHostname = true;
      NoNewPrivileges = true;
      RestrictSUIDSGID = true;
      RestrictRealtime = true;
      RestrictNamespaces = true;
      LockPersonality = true;
      CapabilityBoundingSet = "";
      RestrictAddressFamilies = [
        "AF_INET"
        "AF_INET6"
        "AF_UNIX"
      ];
      SystemCallArchitectures = "native";
    }
    // lib.optionalAttrs (suite.identity != null) { LoadCredential = [ "identity:${suite.identity}" ]; }
    // lib.optionalAttrs (suite.environmentFile != null) { EnvironmentFile = suite.environmentFile; }
    // lib.optionalAttrs (suite.prometheusFile != null) { ReadWritePaths = [ (dirOf suite.prometheusFile) ]; };
  };

  timer = _: suite: {
    wantedBy = [ "timers.target" ];
    timerConfig = {
      OnCalendar = suite.startAt;
      RandomizedDelaySec = suite.randomizedDelaySec;
      Persistent = true;
    };
  };

  named = make: lib.mapAttrs' (name: suite: lib.nameValuePair (unit name) (make name suite)) cfg.suites;
in
{
  options.services.nixcumber = {
    package = mkOption {
      type = types.package;
      default = fromNpm;
      defaultText = lib.literalMD "the version of this module, which npm fetches at the first run";
      description = "nixcumber itself: a package with {file}`bin/nixcumber`.";
    };
    suites = mkOption {
      type = types.attrsOf (types.submodule suite);
      default = { };
      description = "Suites of features for hosts that are running, each with a timer, a history and reports of its own.";
    };
  };

  config = lib.mkIf (cfg.suites != { }) {
    assertions = lib.mapAttrsToList (name: suite: {
      assertion = suite.hosts != { } || suite.inventory != [ ];
      message = "services.nixcumber.suites.${name}: neither hosts nor an inventory; which machines are to be judged?";
    }) cfg.suites;

    users.users.nixcumber = {
      isSystemUser = true;
      group = "nixcumber";
    };
    users.groups.nixcumber = { };

    systemd.services = named service;
    systemd.timers = named timer;
  };
}
