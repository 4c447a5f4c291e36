Feature: The exit code tells what happened
  0 all held; 1 an expectation was not met; 2 usage or refused input; 3 could not check. Scripts rely on it.

  Rule: What was found decides

    Scenario: Everything holds
      Given the suite "words"
      When nixcumber is called with "run --tags @holds"
      Then the exit code is 0
      And the last line begins with "GO  1 scenario held"

    Scenario: An expectation is not met
      Given the suite "words"
      When nixcumber is called with "run --tags '@holds or @fails'"
      Then the exit code is 1
      And the last line begins with "NO-GO  1 scenario did not hold, 1 held"

    Scenario: What could not be checked has not failed
      Given the suite "words"
      When nixcumber is called with "run --tags '@holds or @unreachable'"
      Then the exit code is 3
      And the last line begins with "COULD NOT CHECK  1 scenario could not be checked, 1 held"

    Scenario: Not met outweighs could not check
      Given the suite "words"
      When nixcumber is called with "run --tags '@fails or @unreachable'"
      Then the exit code is 1

    Scenario: Refused input
      Given the suite "words"
      When nixcumber is called with "run --tags '@holds or @refused'"
      Then the exit code is 2
      And the last line begins with "REFUSED  1 scenario refused, 1 held"

    Scenario: A host that does not evaluate is explained once, wherever it is asked for
      Given a project with the file "flake.nix":
        """
        { outputs = _: { nixosConfigurations.web = throw "no disk is named"; }; }
        """
      And a project with the file "features/web.feature":
        """
        Feature: Web
          Background:
            Given machine "web" is running

          Scenario: first
            Then service "nginx" is active

          Scenario: second
            Then service "sshd" is active
        """
      When nixcumber is called with "run --offline"
      Then the exit code is 1
      And nixcumber says "Where      flake.nix:1" once
      And nixcumber says 'Told in    "first", features/web.feature:3'
      And the last line begins with "NO-GO  2 scenarios did not hold"

    Scenario: A host of another system than the look-alike has programs for is not known, and not wrong
      Given a project with the file "features/pi.feature":
        """
        Feature: Pi
          Background:
            Given a dendritic flake
            And the module "nixos/pi.nix":
              ```
              {
                flake.modules.nixos.pi = {
                  nixpkgs.hostPlatform = "aarch64-linux";
                  services.openssh.enable = true;
                };
              }
              ```
            And the host "pi" with modules "pi"

          Scenario: evaluated
            Then host "pi" evaluates

          Scenario: booted
            Given machine "pi" is running
            Then service "sshd" is active
        """
      When nixcumber is called with "run --offline"
      Then the exit code is 3
      And nixcumber says "The offline nixpkgs has programs for x86_64-linux only, not for aarch64-linux"
      And nixcumber says "not the configuration's fault: run without --offline"
      And the last line begins with "COULD NOT CHECK  2 scenarios could not be checked"

    Scenario: A machine that the surroundings keep from booting is explained once, too
      Given a project with the file "broken.sh":
        """
        #!/bin/sh
        echo "no such processor" >&2
        exit 7
        """
      And a project with the file "features/web.feature":
        """
        Feature: Web
          Background:
            Given machine "web" is running

          Scenario: first
            Then service "nginx" is active

          Scenario: second
            Then service "sshd" is active
        """
      When nixcumber is called with "run --offline --machine web=run:broken.sh"
      Then the exit code is 3
      And nixcumber says "QEMU did not start"
      And nixcumber says "Ended" once
      And nixcumber says 'Told in    "first", features/web.feature:3'
      And the last line begins with "COULD NOT CHECK  2 scenarios could not be checked"

  Rule: Nothing judged is never good

    Scenario: No scenario matches
      Given the suite "words"
      When nixcumber is called with "run --tags @nobody"
      Then the exit code is 2
      And nixcumber says "There is no scenario to run"

    Scenario: No feature at all
      Given an empty project
      When nixcumber is called with "run"
      Then the exit code is 2
      And nixcumber says "nixcumber init"

    Scenario: A step that nobody has defined, with the nearest that is
      Given the suite "words"
      When nixcumber is called with "run --tags @mistyped"
      Then the exit code is 2
      And nixcumber says:
        """
        No step has this sentence

          Did you mean  the claim holds
        """

    Scenario: What no step has is told before the first scenario is run
      Given the suite "words"
      When nixcumber is called with "run --tags '@holds or @mistyped'"
      Then the exit code is 2
      And nixcumber says:
        """
        ! 1 sentence that no step has: features/words.feature:21; nixcumber run --dry-run tells more

        Each scenario ends in its own way  features/words.feature
        """
      When nixcumber is called with "run --tags @holds"
      Then the exit code is 0
      And nixcumber does not say "that no step has"

    Scenario: A scenario without steps
      Given a project with the file "features/empty.feature":
        """
        Feature: Empty
          Scenario: Nothing at all
        """
      When nixcumber is called with "run"
      Then the exit code is 2
      And nixcumber says "It has no step."

    Scenario Outline: What cannot be meant is refused at once, before anything is started: <call>
      Given a project with the file "features/web.feature":
        """
        Feature: Web
          Scenario: in time
            Given machine "web" is running
            Then service "nginx" is active within 5 minuts
            And the command "true" prints ""
          Scenario: nothing is judged
            Given machine "web" is running
        """
      And a project with the file "features/empty.feature":
        """
        Feature: Empty
        """
      When nixcumber is called with "<call>"
      Then the exit code is 2
      And nixcumber says "4 things in the features are refused: nothing was started"
      And nixcumber says "features/web.feature:4  Then service"
      And nixcumber says "Did you mean  minutes"
      And nixcumber does not say "UsageError"
      And the project has no folder ".nixcumber"

      Examples:
        | call          |
        | run           |
        | run --dry-run |

    Scenario: Two steps that both fit
      Given the suite "words"
      When nixcumber is called with "run --tags @ambiguous"
      Then the exit code is 2
      And nixcumber says "Multiple step definitions match"

    Scenario: A step that is only planned
      Given the suite "words"
      When nixcumber is called with "run --tags @pending"
      Then the exit code is 2
      And nixcumber says "This step is pending"
      And nixcumber does not say "No step has this sentence"

    Scenario: Everything was left out
      Given the suite "words"
      When nixcumber is called with "run --tags @skipped"
      Then the exit code is 3
      And nixcumber says "whose code returns 'skipped'"

    Scenario: Something was left out, though the rest held
      Given the suite "words"
      When nixcumber is called with "run --tags '@skipped or @holds' --out out"
      Then the exit code is 3
      And the last line begins with "COULD NOT CHECK  1 scenario left out, 1 held"
      And the scenarios end as follows:
        | scenario       | end     |
        | does not apply | skipped |
        | holds          | held    |

    Scenario: A hook of one's own leaves out
      Given the suite "words"
      And a project with the file "features/steps/hook.ts":
        """
        import { Before } from 'nixcumber'
        Before({ name: 'no printer here', tags: '@holds' }, () => 'skipped')
        """
      When nixcumber is called with "run --tags '@holds'"
      Then the exit code is 3
      And nixcumber says "Left out by its hook, whose code returns 'skipped': no printer here"
      And the last line begins with "COULD NOT CHECK  1 scenario left out"

    Scenario: What is not chosen is not left out
      Given the suite "words"
      When nixcumber is called with "run --tags '@holds and not @skipped'"
      Then the exit code is 0
      And the last line begins with "GO  1 scenario held"

    Scenario: A feature that cannot be read
      Given a project with the file "features/broken.feature":
        """
        Feature: Broken
          Scenario: mistyped
            Given nothing
            Thn something
        """
      When nixcumber is called with "run"
      Then the exit code is 2
      And nixcumber says "features/broken.feature is not readable"

  Rule: A mistake in a program is no verdict

    Scenario: A step falls over
      Given the suite "words"
      When nixcumber is called with "run --tags @mistake"
      Then the exit code is 3
      And nixcumber says "TypeError"
      And nixcumber says "words.ts:"

    Scenario Outline: A step that would end the run: <call>
      Given the suite "words"
      When nixcumber is called with "<call>"
      Then the exit code is 3
      And nixcumber says "process.exit() was called at"
      And nixcumber says "features/steps/words.ts:"
      And the last line begins with "COULD NOT CHECK"

      Examples:
        | call                                             |
        | run --tags '@exits or @holds'                    |
        | run --tags '@exits or @holds' --parallel 2       |
        | run --tags '@exits-beneath or @holds'            |

    Scenario: Something is thrown when its step is done
      Given the suite "words"
      When nixcumber is called with "run --tags '@later or @holds'"
      Then the exit code is 1
      And nixcumber says "Error: later"
      And the last line begins with "NO-GO"

    Scenario: A hook of the whole run throws
      Given the suite "words"
      And a project with the file "features/steps/hook.ts":
        """
        import { BeforeAll } from '@cucumber/cucumber'
        BeforeAll(() => {
          throw new Error('no disk')
        })
        """
      When nixcumber is called with "run --tags @holds"
      Then the exit code is 3
      And nixcumber says "The BeforeAll hook at features/steps/hook.ts:2 has thrown"
      And nixcumber says "Error: no disk"
      And nixcumber does not say "has made a mistake"

    Scenario: A sentence with a type that is not known
      Given the suite "words"
      And a project with the file "features/steps/typed.ts":
        """
        import { Then } from 'nixcumber'
        Then('it is {colr}', () => {})
        """
      When nixcumber is called with "run --tags @holds"
      Then the exit code is 2
      And nixcumber says "an unknown parameter type: {colr}"
      And nixcumber says "it is {colr}"

    Scenario: A message of ours needs no stack
      Given the suite "words"
      When nixcumber is called with "run --tags @fails"
      Then the exit code is 1
      And nixcumber does not say "    at "

    Scenario: A step waits for what can never come
      Given the suite "words"
      When nixcumber is called with "run --tags @stuck"
      Then the exit code is 3
      And nixcumber says "can never come"
