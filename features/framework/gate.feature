@vm
Feature: The gate
  A verdict is bound to the very system, its contents, its flake and the features, and holds for nothing else. Missing, unknown or
  not to be looked at is never a yes.

  Rule: What a verdict is

    Scenario: A host that holds has a verdict, which holds as long as nothing changes
      Given the laptop with the verdict of its gate
      Then the file "t14.verdict.json" of the project contains '"word": "GO (rehearsal with offline inputs)"'
      And the file "t14.verdict.json" of the project contains '"level": "vm"'
      And the file "t14.verdict.json" of the project does not contain '"word": "GO"'
      When nixcumber is called with "verify t14.verdict.json --host t14 --offline --level vm --allowed-signers simon.signers"
      Then the exit code is 0
      And nixcumber says "HOLDS  t14.verdict.json: GO (rehearsal with offline inputs)  host t14, level vm"
      And nixcumber says "No GO for a wipe"

    Scenario Outline: <what> is no yes
      Given the laptop with the verdict of its gate
      When nixcumber is called with "verify t14.verdict.json <words>"
      Then the exit code is <code>
      And nixcumber says "<said>"
      And nixcumber does not say "HOLDS  "

      Examples:
        | what                           | words                                                              | code | said                                    |
        | A rehearsal                    | --level vm --allowed-signers simon.signers                         | 1    | inputs\n    Expected  real\n    Found     offline: GO (rehearsal |
        | A level that was not asked for | --offline --allowed-signers simon.signers                          | 1    | level\n    Expected  installed\n    Found     vm: no GO for a wipe |
        | The verdict of another host    | --host db1 --offline --level vm --allowed-signers simon.signers    | 1    | host\n    Expected  db1 |
        | A stranger's signature         | --offline --level vm --allowed-signers anna.signers                | 1    | signature                               |
        | Signers of the flake itself    | --offline --level vm --allowed-signers laptop/flake.nix            | 2    | part of the flake that is judged        |
        | The same by another reference  | --offline --level vm --allowed-signers laptop/flake.nix --flake git+file://<folder>/laptop | 2 | part of the flake that is judged |
        | A level too low                | --offline --level installed --allowed-signers simon.signers        | 1    | level\n    Expected  installed\n    Found     vm: no GO for a wipe |
        | A target that it has not       | --offline --level vm --allowed-signers simon.signers --target ssh://root@127.0.0.1:1 | 1 | target\n    Expected  a verdict that is bound to one |
        | What is no target              | --offline --level vm --target run:t14                              | 2    | ssh://[user@]host[:port]                |

    Scenario: A configuration cannot ask for a rehearsal where a GO is wanted
      Given the laptop with the verdict of its gate
      When in "nixcumber.config.json" '"facts"' becomes '"offline":true,"facts"'
      And nixcumber is called with "verify t14.verdict.json --level vm --allowed-signers simon.signers"
      Then the exit code is 1
      And nixcumber says "inputs"
      And nixcumber says "Expected  real"

    Scenario: Without a list of signers it could not be checked
      Given the laptop with the verdict of its gate
      When nixcumber is called with "verify t14.verdict.json --offline --level vm" and "XDG_CONFIG_HOME=/proc/nowhere" in its environment
      Then the exit code is 3
      And nixcumber says "Nothing says who may sign a verdict"

    Scenario: An unsigned one does not hold
      Given the laptop with the verdict of its gate
      When the file "t14.verdict.json.sig" is removed
      And nixcumber is called with "verify t14.verdict.json --offline --level vm --allowed-signers simon.signers"
      Then the exit code is 1
      And nixcumber says "signature"
      And nixcumber says "Expected  good, by an allowed signer"
      And nixcumber says "Found     unsigned"

    Scenario: One byte edited is found
      Given the laptop with the verdict of its gate
      When in "t14.verdict.json" '"held": 2' becomes '"held": 3'
      And nixcumber is called with "verify t14.verdict.json --offline --level vm --allowed-signers simon.signers"
      Then the exit code is 1
      And nixcumber says "incorrect signature"

    Scenario Outline: A signer who <what> is none
      Given the laptop with the verdict of its gate
      When in "simon.signers" "simon@home" becomes '<from>'
      And nixcumber is called with "verify t14.verdict.json --offline --level vm --allowed-signers <signers>"
      Then the exit code is 1
      And nixcumber says "signature"
      And nixcumber says "Expected  good, by an allowed signer"
      And nixcumber does not say "HOLDS  "

      Examples:
        | what                  | from                               | signers                                       |
        | might sign until 2020 | simon@home valid-before="20200101" | simon.signers                                 |
        | may sign for git only | simon@home namespaces="git"        | simon.signers                                 |
        | was revoked           | simon@home                         | simon.signers --revoked-signers simon.key.pub |

    Scenario: Half a verdict is none
      Given the laptop with the verdict of its gate
      When the second half of the file "t14.verdict.json" is lost
      And nixcumber is called with "verify t14.verdict.json --offline --level vm --allowed-signers simon.signers"
      Then the exit code is 2
      And nixcumber says "is no verdict"
      And nixcumber says "a half of it"

    Scenario: The same path of the store, with other contents
      Given the laptop with the verdict of its gate
      When the file "t14.verdict.json" has another hash for the contents of the system
      And "simon" signs "t14.verdict.json" for "nixcumber-verdict@v1"
      And nixcumber is called with "verify t14.verdict.json --offline --level vm --allowed-signers simon.signers"
      Then the exit code is 1
      And nixcumber says "contents of the system"
      And nixcumber does not say "derivation of the system"

    Scenario: A signature made for git is none
      Given the laptop with the verdict of its gate
      When "simon" signs "t14.verdict.json" for "git"
      And nixcumber is called with "verify t14.verdict.json --offline --level vm --allowed-signers simon.signers"
      Then the exit code is 1
      And nixcumber says "signature"
      And nixcumber says "Expected  good, by an allowed signer"

    Scenario Outline: Signed by the right key, and <what>
      Given the laptop with the verdict of its gate
      When in "t14.verdict.json" '<from>' becomes '<to>'
      And "simon" signs "t14.verdict.json" for "nixcumber-verdict@v1"
      And nixcumber is called with "verify t14.verdict.json --offline --level vm --allowed-signers simon.signers"
      Then the exit code is <code>
      And nixcumber says "<said>"

      Examples:
        | what                           | from           | to                | code | said                    |
        | of something that did not hold | "failed": 0    | "failed": 1       | 1    | 1 scenario did not hold |
        | in a word of its own           | "word": "GO    | "word": "TRUST ME | 2    | is no verdict           |
        | of another format              | verdict@1      | verdict@2         | 2    | is no verdict           |
        | with a key of its own          | "flaky": []    | "flakes": []      | 2    | is no verdict           |
        | expired                        | "expires": "20 | "expires": "19    | 1    | expiry\n    Expected  after |
        | from the future                | "issued": "20  | "issued": "21     | 1    | issued\n    Expected  not after |

    Scenario: Signed by a key that may, and not the one that it names
      Given the laptop with the verdict of its gate
      When "anna" signs "t14.verdict.json" for "nixcumber-verdict@v1"
      And nixcumber is called with "verify t14.verdict.json --offline --level vm --allowed-signers anna.signers"
      Then the exit code is 1
      And nixcumber says "1 difference"
      And nixcumber says "signer"

    Scenario: What a verdict says of its run speaks against it, whatever its word is
      Given the laptop with the verdict of its gate
      When in the verdict "t14.verdict.json" these say otherwise:
        | key                        | value                                                  |
        | results.counts.refused     | 1                                                      |
        | results.counts.unfinished  | 1                                                      |
        | machines.t14.driver        | "image"                                                |
        | machines.t14.diskScript    | "/nix/store/00000000000000000000000000000000-disko"    |
        | machines.t14.toplevels     | ["/nix/store/00000000000000000000000000000000-nixos"]  |
      And "simon" signs "t14.verdict.json" for "nixcumber-verdict@v1"
      And nixcumber is called with "verify t14.verdict.json --offline --level vm --allowed-signers simon.signers"
      Then the exit code is 1
      And nixcumber says "word, by what it binds"
      And nixcumber says "Expected  NO-GO"
      And nixcumber says "1 scenario refused"
      And nixcumber says "1 scenario not finished"
      And nixcumber says "machine t14 was no virtual machine of host t14: image"
      And nixcumber says "the disks of machine t14 were laid out by another script than the one that is bound: /nix/store/0000"
      And nixcumber says "machine t14 was of another system than the one that is bound: /nix/store/0000"

    Scenario: A verdict with reasons, and a run that ended otherwise
      Given the laptop with the verdict of its gate
      When in the verdict "t14.verdict.json" these say otherwise:
        | key                    | value             |
        | reasons                | ["it is too late"] |
        | results.exitCode       | 3                 |
        | machines.t14.toplevels | []                |
      And "simon" signs "t14.verdict.json" for "nixcumber-verdict@v1"
      And nixcumber is called with "verify t14.verdict.json --offline --level vm --allowed-signers simon.signers"
      Then the exit code is 1
      And nixcumber says "reasons against it"
      And nixcumber says "Expected  none"
      And nixcumber says "Found     it is too late"
      And nixcumber says "the run ended with 3"
      And nixcumber says "machine t14 did not say which system it is of"

    Scenario: Each thing that it binds is asked for anew
      Given the laptop with the verdict of its gate
      When in the verdict "t14.verdict.json" these say otherwise:
        | key               | value                                                              |
        | flake.reference   | "git+file://<folder>/laptop"                                       |
        | flake.fingerprint | "0000000000000000000000000000000000000000000000000000000000000000" |
        | bootLoaders       | ["grub"]                                                           |
        | disks             | {"main": "/dev/sda"}                                               |
        | features.tags     | "@quick"                                                           |
      And "simon" signs "t14.verdict.json" for "nixcumber-verdict@v1"
      And nixcumber is called with "verify t14.verdict.json --offline --level vm --allowed-signers simon.signers"
      Then the exit code is 1
      And nixcumber says "fingerprint"
      And nixcumber says "Expected  0000"
      And nixcumber says "boot loader"
      And nixcumber says "Expected  grub"
      And nixcumber says "disk main"
      And nixcumber says "Expected  /dev/sda"
      And nixcumber says "Found     none"
      And nixcumber says "disks"
      And nixcumber says "Expected  some"
      And nixcumber says "Found     none"
      And nixcumber says "tags of the configuration"
      And nixcumber says "Expected  @quick"
      And nixcumber says "Found     none"

    Scenario: Another installer than the one that was judged
      Given the laptop with the verdict of its gate
      And a project with the file "installer.tar":
        """
        none
        """
      When in the verdict "t14.verdict.json" these say otherwise:
        | key       | value                                                                     |
        | installer | "sha256-0000000000000000000000000000000000000000000000000000000000000000" |
      And "simon" signs "t14.verdict.json" for "nixcumber-verdict@v1"
      And nixcumber is called with "verify t14.verdict.json --offline --level vm --allowed-signers simon.signers --kexec installer.tar"
      Then the exit code is 1
      And nixcumber says "tarball of the installer"
      And nixcumber says "Expected  sha256-0000"
      When nixcumber is called with "verify t14.verdict.json --offline --level vm --allowed-signers simon.signers"
      Then the exit code is 3
      And nixcumber says "could not be checked: tarball of the installer: not looked at: --kexec FILE"

    Scenario: A system that is not in the store could not be checked
      Given the laptop with the verdict of its gate
      When the laptop becomes one that was never built
      And nixcumber is called with "verify t14.verdict.json --offline --level vm --allowed-signers simon.signers --json"
      Then the exit code is 1
      When the verdict "t14.verdict.json" binds what was found instead
      And "simon" signs "t14.verdict.json" for "nixcumber-verdict@v1"
      And nixcumber is called with "verify t14.verdict.json --offline --level vm --allowed-signers simon.signers"
      Then the exit code is 3
      And nixcumber says "could not be checked: contents of the system"

  Rule: How far a verdict reaches

    Scenario: The very system and disk script, on disks: it holds without a word about its level
      Given the hosts of the suite "installation" under git
      When nixcumber is called with "gate server --offline --sign simon.key"
      Then the exit code is 0
      And nixcumber says "GO (rehearsal with offline inputs)  host server, level installed"
      And nixcumber does not say "No GO for a wipe"
      And the file "server.verdict.json" of the project contains '"driver": "installed"'
      When nixcumber is called with "verify server.verdict.json --host server --offline --allowed-signers simon.signers"
      Then the exit code is 0
      And nixcumber says "HOLDS  server.verdict.json: GO (rehearsal with offline inputs)  host server, level installed"
      When in "hosts/hosts.nix" "1M" becomes "2M"
      And nixcumber is called with "verify server.verdict.json --host server --offline --allowed-signers simon.signers"
      Then the exit code is 1
      And nixcumber says "derivation of the disk script"

  Rule: What changes is told

    Scenario: One character of the flake
      Given the laptop with the verdict of its gate
      When in "laptop/modules/nixos/web.nix" "Welcome" becomes "Welkome"
      And the laptop is committed
      And nixcumber is called with "verify t14.verdict.json --offline --level vm --allowed-signers simon.signers"
      Then the exit code is 1
      And nixcumber says "revision"
      And nixcumber says "narHash of the flake"
      And nixcumber says "derivation of the system"

    Scenario: A tree with changes
      Given the laptop with the verdict of its gate
      When in "laptop/modules/nixos/web.nix" "80" becomes "/* a comment */ 80"
      And nixcumber is called with "verify t14.verdict.json --offline --level vm --allowed-signers simon.signers"
      Then the exit code is 1
      And nixcumber says "with changes"
      And nixcumber does not say "derivation of the system"

    Scenario: The lock
      Given the laptop with the verdict of its gate
      When in "laptop/flake.lock" " " becomes "  "
      And the laptop is committed
      And nixcumber is called with "verify t14.verdict.json --offline --level vm --allowed-signers simon.signers --json"
      Then the exit code is 1
      And nixcumber says '"what": "sha256 of flake.lock"'
      And nixcumber says '"holds": false'

    Scenario: A host of another name
      Given the laptop with the verdict of its gate
      When in "laptop/modules/hosts/t14.nix" "nixosConfigurations.t14" becomes "nixosConfigurations.t15"
      And the laptop is committed
      And nixcumber is called with "verify t14.verdict.json --offline --level vm --allowed-signers simon.signers"
      Then the exit code is 1
      And nixcumber says "system"
      And nixcumber says "Expected  as it was"

    Scenario: An input that is not locked any more
      Given a flake of a few lines under git, whose lock has an input as it was changed
      When nixcumber is called with "gate t14 --level vm --sign simon.key" and "NIX_CONFIG=allow-dirty-locks = true" in its environment
      Then the exit code is 1
      When in the verdict "t14.verdict.json" these say otherwise:
        | key            | value                                                                                                                       |
        | word           | "GO"                                                                                                                        |
        | reasons        | []                                                                                                                          |
        | flake.unlocked | []                                                                                                                          |
        | machines       | {"t14": {"accelerator": null, "differences": [], "diskScript": null, "driver": "nixos-shell", "toplevels": ["<system>"]}} |
      And "simon" signs "t14.verdict.json" for "nixcumber-verdict@v1"
      And nixcumber is called with "verify t14.verdict.json --level vm --allowed-signers simon.signers" and "NIX_CONFIG=allow-dirty-locks = true" in its environment
      Then the exit code is 1
      And nixcumber says "unlocked inputs"
      And nixcumber says "Found     library"

    Scenario: The features
      Given the laptop with the verdict of its gate
      When in "features/t14.feature" "Twelve" becomes "12"
      And nixcumber is called with "verify t14.verdict.json --offline --level vm --allowed-signers simon.signers"
      Then the exit code is 1
      And nixcumber says "file features/t14.feature"

  Rule: What is no GO

    Scenario Outline: Evaluation that <what>
      Given the laptop under git
      When in "laptop/modules/nixos/web.nix" '"<h1>Welcome to t14</h1>\n"' becomes '(builtins.readFile <file>)'
      And the laptop is committed
      And nixcumber is called with "gate t14 --offline --level vm"
      Then the exit code is 1
      And nixcumber says 'host "t14" does not evaluate'
      And nixcumber says "<said>"

      Examples:
        | what                                        | file                       | said                         |
        | reads what lies on this computer            | /etc/hostname              | in pure evaluation mode      |
        | has to build before it can tell what it is  | (pkgs.writeText "a" "b")   | allow-import-from-derivation |

    Scenario: A lock that leaves an input out
      Given a flake of a few lines under git, with its lock
      When in "few/flake.nix" "# inputs" becomes "inputs"
      And the flake in "few" is committed
      And nixcumber is called with "gate t14 --level vm"
      Then the exit code is 1
      And nixcumber says "requires lock file changes"
      And the project has no folder "t14.verdict.json"

    Scenario: An input of which the lock does not say what it is
      Given a flake of a few lines under git, with its lock
      When the lock in "few" does not say any more what its input is
      And the flake in "few" is committed
      And nixcumber is called with "gate t14 --level vm"
      Then the exit code is 1
      And nixcumber says "Lock file contains unlocked input"
      And the project has no folder "t14.verdict.json"

    Scenario: An input that the lock has as it was changed, and a Nix that takes it
      Given a flake of a few lines under git, whose lock has an input as it was changed
      When nixcumber is called with "gate t14 --level vm" and "NIX_CONFIG=allow-dirty-locks = true" in its environment
      Then the exit code is 1
      And nixcumber says "NO-GO  host t14, level vm"
      And nixcumber says "the input library is not locked: it may be another one at any time"

    Scenario: A target that is out of reach has no verdict
      Given the laptop under git
      When nixcumber is called with "gate t14 --offline --level vm --target ssh://root@127.0.0.1:1"
      Then the exit code is 3
      And nixcumber says "127.0.0.1"
      And the project has no folder "t14.verdict.json"
      And nixcumber does not say "building the system"

    Scenario Outline: Refused before anything is judged: <what>
      Given an empty project
      When nixcumber is called with "gate t14 <words>"
      Then the exit code is 2
      And nixcumber says "<said>"
      And nixcumber does not say "building"

      Examples:
        | what                              | words                                                               | said                          |
        | what evaluates the flake again    | --then deploy --target ssh://root@t14                               | evaluates the flake again     |
        | colmena                           | --then colmena --target ssh://root@t14                              | evaluates the flake again     |
        | no target                         | --then switch                                                       | needs the machine that is     |
        | a target that is no ssh host      | --then switch --target run:vm --yes t14                             | A target is reached by ssh    |
        | the name of another host          | --then switch --target ssh://root@t14 --yes t15                     | Expected   t14                |
        | neither a terminal nor a name     | --then switch --target ssh://root@t14                               | or --yes t14                  |
        | a name and nothing to confirm     | --level vm --yes t14                                                | --yes says nothing here       |
        | a way back that rebuild has not   | --then rebuild --rollback-after 5m --target ssh://root@t14 --yes t14 | --rollback-after says nothing |
        | a way back that is none           | --then switch --rollback-after 1s --target ssh://root@t14 --yes t14 | --rollback-after cannot be    |
        | a wipe by a level that is too low | --level vm --then install --target ssh://root@t14 --yes t14         | no GO for a wipe              |
        | an installer for a switch         | --then switch --kexec k.tar --target ssh://root@t14 --yes t14       | --kexec says nothing          |
        | an installer and no target        | --kexec k.tar                                                       | --kexec says nothing          |
        | the name of another host to wipe  | --then install --target ssh://root@t14 --yes t15                    | Expected   t14                |
        | neither a terminal nor a name yet | --then install --target ssh://root@t14                              | or --yes t14                  |

    Scenario: Nothing could be asked of it once it is there
      Given the laptop under git
      And a project with the file "features/t14.feature":
        """
        Feature: The laptop
          Scenario: It comes up again
            Given machine "t14" is running
            When machine "t14" reboots
            Then the system is running
        """
      When nixcumber is called with "gate t14 --offline --level vm --target ssh://root@192.0.2.1 --then switch --yes t14"
      Then the exit code is 2
      And nixcumber says 'No scenario could tell whether host "t14" holds once it is there'

    Scenario: A host without a layout of disks, where it is to be installed
      Given the laptop under git
      When nixcumber is called with "gate t14 --offline"
      Then the exit code is 1
      And nixcumber says "NO-GO  host t14, level installed"
      And nixcumber says 'Host "t14" cannot be installed: it has no layout of disks'

    Scenario: A tree with changes, and nothing that was booted
      Given the laptop under git
      And a project with the file "features/t14.feature":
        """
        Feature: The laptop
          Scenario: Twelve cores
            Then option "nix.settings.cores" of host "t14" is "12"
        """
      When in "laptop/modules/nixos/web.nix" "80" becomes "/* a comment */ 80"
      And nixcumber is called with "gate t14 --offline --level vm"
      Then the exit code is 1
      And nixcumber says "NO-GO  host t14, level vm"
      And nixcumber says "the flake has changes: no revision says what was judged"
      And nixcumber says "no machine of host t14 was looked at"
      And nixcumber says "HELD (rehearsal with offline inputs)  1 scenario held"
      And nixcumber does not say "GO (rehearsal with offline inputs)"
      When nixcumber is called with "gate t14 --offline --level vm --allow-dirty"
      Then the exit code is 1
      And nixcumber does not say "the flake has changes"

    Scenario: No scenario is about the host
      Given the laptop under git
      And a project with the file "features/t14.feature":
        """
        Feature: Another laptop
          Scenario: of another flake
            Given the flake "elsewhere"
            Then host "t14" evaluates

          Scenario: another host
            Then host "t15" evaluates
        """
      When nixcumber is called with "gate t14 --offline --level vm"
      Then the exit code is 1
      And nixcumber says "no scenario is about host t14"
      And nixcumber says "a scenario about t14 of another flake: features/t14.feature: of another flake"
      And nixcumber says "1 scenario of the project, not about t14"

    Scenario: Not held, not checked, left out, waived, and held at a second try only
      Given the laptop under git
      And a project with the file "features/steps/t14.ts":
        """
        import { EnvironmentBroken, ExpectationNotMet, Then } from 'nixcumber'
        let tries = 0
        Then('{string} fails', (_host: string) => { throw new ExpectationNotMet('It does not hold') })
        Then('{string} cannot be seen', (_host: string) => { throw new EnvironmentBroken('There is no way to it') })
        Then('{string} is left out', (_host: string) => 'skipped')
        Then('{string} is waived', (_host: string) => {})
        Then('{string} holds at a second try', (_host: string) => {
          tries += 1
          if (tries < 2) throw new ExpectationNotMet('Not yet')
        })
        """
      And a project with the file "features/t14.feature":
        """
        Feature: The laptop
          Scenario: one
            Then "t14" fails
          Scenario: two
            Then "t14" cannot be seen
          Scenario: three
            Then "t14" is left out
          Scenario: four
            Then "t14" is waived
          Scenario: five
            Then "t14" holds at a second try
        """
      And a project with the file "nixcumber.config.json":
        """
        { "flake": "laptop", "retry": 1, "waivers": [{ "scenario": "four", "reason": "known" }] }
        """
      When nixcumber is called with "gate t14 --offline --level vm --sign simon.key"
      Then the exit code is 1
      And nixcumber says "1 scenario did not hold"
      And nixcumber says "1 scenario could not be checked"
      And nixcumber says "1 scenario left out"
      And nixcumber says "waived by the configuration: features/t14.feature: four"
      And nixcumber says "held at a second try only: features/t14.feature: five"
      When nixcumber is called with "verify t14.verdict.json --offline --level vm --allowed-signers simon.signers"
      Then the exit code is 1
      And nixcumber says "reasons against it"

    Scenario: Features that change while the host is judged
      Given the laptop under git
      And a project with the file "features/steps/t14.ts":
        """
        import { appendFileSync } from 'node:fs'
        import { Then } from 'nixcumber'
        Then('{string} changes what it is judged by', (_host: string) => appendFileSync('features/t14.feature', '# more'))
        """
      And a project with the file "features/t14.feature":
        """
        Feature: The laptop
          Scenario: it changes
            Then "t14" changes what it is judged by
        """
      When nixcumber is called with "gate t14 --offline --level vm"
      Then the exit code is 3
      And nixcumber says "What the host is judged by was changed meanwhile: there is no verdict"
      And nixcumber says "features/t14.feature"
      And the project has no folder "t14.verdict.json"

    Scenario: What does not evaluate has no verdict, and an older one is gone
      Given the laptop with the verdict of its gate
      When in "laptop/modules/nixos/web.nix" "services.nginx.enable" becomes "services.ngnix.enable"
      And the laptop is committed
      And nixcumber is called with "gate t14 --offline --level vm"
      Then the exit code is 1
      And nixcumber says 'host "t14" does not evaluate'
      When nixcumber is called with "verify t14.verdict.json --offline --level vm --allowed-signers simon.signers"
      Then the exit code is 2
      And nixcumber says "There is no verdict"

    Scenario: What is foreign is not overwritten
      Given the laptop under git
      And a project with the file "t14.verdict.json":
        """
        mine
        """
      When nixcumber is called with "gate t14 --offline --level vm"
      Then the exit code is 2
      And the file "t14.verdict.json" of the project contains "mine"
