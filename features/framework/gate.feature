Feature: The gate
  A verdict is bound to the very system, its contents, its flake and the features, and holds for nothing else. Missing, unknown or
  not to be looked at is never a yes.

  Rule: What is no GO

    Scenario Outline: <words>
      Given an empty project
      When nixcumber is called with "<words>"
      Then the exit code is 2
      And nixcumber says "not built yet"

      Examples:
        | words                                              |
        | gate t14                                           |
        | gate t14 --level installed                         |
        | gate t14 --level vm --target ssh://root@t14        |
        | gate t14 --level vm --then install                 |
        | gate t14 --level vm --yes t14                      |

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
      And nixcumber says "the flake has changes"
      And nixcumber says "no machine of host t14 was looked at"
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

    Scenario: What is foreign is not overwritten
      Given the laptop under git
      And a project with the file "t14.verdict.json":
        """
        mine
        """
      When nixcumber is called with "gate t14 --offline --level vm"
      Then the exit code is 2
      And the file "t14.verdict.json" of the project contains "mine"
