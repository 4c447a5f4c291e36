Feature: Many live hosts
  A nightly run asks many hosts, and some are slow, dead or not who they were. Each costs the others nothing, and each is told by its name.

  Rule: Hosts are asked side by side

    Scenario: A line for each host when it is done
      Given these live hosts:
        | web1 | well |
        | web2 | well |
        | web3 | slow |
      And a feature of 12 scenarios for each of "web1, web2, web3"
      When nixcumber is called with "run"
      Then the exit code is 0
      And nixcumber says "✓ web1  12 held"
      And nixcumber says "✓ web3  12 held"
      And nixcumber does not say "connecting to"
      And the last line begins with "GO  web1, web2, web3: 36 scenarios held"

    Scenario: The reports are those of a run that asks one thing after the other
      Given these live hosts:
        | web1 | well |
        | web2 | well |
      And a feature of 5 scenarios for each of "web1, web2"
      And a project with the file "features/more.feature":
        """
        Feature: More
          Scenario: does not hold
            Given machine "web1" is running
            Then user "nobody-of-this-name" exists now
          Scenario: is about both
            Given machine "web1" is running
            And machine "web2" is running
            Then user "root" exists on "web1"
            And user "root" exists on "web2"
          Scenario Outline: rows <user>
            Given machine "web2" is running
            Then user "<user>" exists
            Examples:
              | user   |
              | root   |
              | daemon |
        """
      When nixcumber is called with "run --hosts-at-once 1 --retry 1 --out serial"
      Then the exit code is 1
      When nixcumber is called with "run --retry 1 --out out"
      Then the exit code is 1
      And the last line begins with "NO-GO  web1, web2: 1 scenario did not hold, 13 held"
      And nixcumber says "✗ does not hold  web1"
      And the reports in "out" and "serial" tell the same

    Scenario: What does more than look comes after, one by one
      Given these live hosts:
        | web1 | well |
        | web2 | well |
      And a feature of 3 scenarios for each of "web1, web2"
      And a project with the file "features/acts.feature":
        """
        Feature: Acts
          Scenario: runs something
            Given machine "web1" is running
            When I run "rmdir /nobody/knows"
            Then it fails
          Scenario: is about no machine
            Then the file is there
        """
      And a project with the file "features/steps/steps.ts":
        """
        import { BeforeAll } from '@cucumber/cucumber'
        import { Then } from 'nixcumber'
        BeforeAll(() => console.log('once for all'))
        Then('the file is there', () => {})
        """
      When nixcumber is called with "run --allow web1=changes"
      Then the exit code is 0
      And nixcumber says "once for all" once
      And nixcumber says "✓ runs something"
      And the last line begins with "GO  web1, web2: 8 scenarios held"

    Scenario: A single host is told scenario by scenario
      Given these live hosts:
        | web1 | well |
      And a feature of 3 scenarios for each of "web1"
      When nixcumber is called with "run --hosts-at-once 3"
      Then the exit code is 0
      And nixcumber says "✓ web1 2"

    Scenario Outline: <words>
      Given these live hosts:
        | web1 | well |
        | web2 | well |
      And a feature of 4 scenarios for each of "web1, web2"
      When nixcumber is called with "run <words>"
      Then the exit code is <code>
      And nixcumber says "<said>"

      Examples:
        | words               | code | said                                   |
        | --shard 1/2         | 0    | 4 scenarios held                       |
        | --hosts-at-once 0   | 2    | a whole number from 1 to 999           |
        | --name '^web2 3$'   | 0    | GO  web2: 1 scenario held              |

  Rule: One host is no reason to wait for another

    Scenario: One that is dead, one that says nothing, one with another key
      Given these live hosts:
        | web1   | well    |
        | silent | silent  |
        | other  | changed |
      And a feature of 6 scenarios for each of "other, silent, web1"
      When nixcumber is called with "run --hosts-at-once 1 --out out" and gets Ctrl-C once it says "✓ web1    6 held"
      Then the exit code is 130
      And it took less than 20 seconds
      And nixcumber says "! other   6 could not be checked"
      And nixcumber says "is not the expected one: another host may be answering" once
      And the last line begins with "STOPPED"
      And the scenarios end as follows:
        | scenario | end   |
        | web1 5   | held  |
        | silent 0 | error |
        | other 5  | error |

    Scenario: One that dies midway is given up once, and the others end as they would
      Given these live hosts:
        | web1 | well |
        | web2 | dies |
      And a feature of 8 scenarios for each of "web1, web2"
      And a project with the file "features/long.feature":
        """
        Feature: Long
          Background:
            Given machine "web2" is running
          Scenario: takes long
            Then the command "sleep 40" succeeds within 50 seconds
          Scenario: takes as long
            Then the command "sleep 40" succeeds within 50 seconds
          Scenario: takes as long as that
            Then the command "sleep 40" succeeds within 50 seconds
          Scenario: takes as long as all that
            Then the command "sleep 40" succeeds within 50 seconds
          Scenario: comes too late
            Then user "root" exists
          Scenario: comes much too late
            Then user "root" exists
        """
      When nixcumber is called with "run features/long.feature features/web1.feature --out out"
      Then the exit code is 3
      And it took less than 35 seconds
      And nixcumber says "✓ web1  8 held"
      And nixcumber says "! web2  6 could not be checked"
      And nixcumber says 'Machine "web2" does not answer any more'
      And nixcumber says "it fell silent in an earlier scenario, and was silent still when it was asked again"
      And the last line begins with "COULD NOT CHECK  web1, web2: 6 scenarios could not be checked, 8 held"

    Scenario: The first that does not hold ends it
      Given these live hosts:
        | web1   | well   |
        | silent | silent |
      And a feature of 2 scenarios for each of "silent"
      And a project with the file "features/first.feature":
        """
        Feature: First
          Scenario: does not hold
            Given machine "web1" is running
            Then user "nobody-of-this-name" exists now
        """
      When nixcumber is called with "run --fail-fast --out out"
      Then the exit code is 1
      And it took less than 20 seconds
      And the scenarios end as follows:
        | scenario      | end     |
        | does not hold | failure |
        | silent 0      | skipped |
        | silent 1      | skipped |

    Scenario: What did not hold, once more
      Given these live hosts:
        | web1 | well |
        | web2 | well |
      And a feature of 3 scenarios for each of "web1"
      And a project with the file "features/first.feature":
        """
        Feature: First
          Scenario: does not hold
            Given machine "web2" is running
            Then user "nobody-of-this-name" exists now
        """
      When nixcumber is called with "run"
      Then the exit code is 1
      When nixcumber is called with "run --last-failed"
      Then the exit code is 1
      And the last line begins with "NO-GO  web2: 1 scenario did not hold"

  Rule: What a step does is watched while it runs, too

    Scenario: A step that does more than it says
      Given these live hosts:
        | web1 | well |
      And a project with the file "features/steps/web.ts":
        """
        import { reads, When } from 'nixcumber'
        When('the cache is looked at', reads(async function () {
          this.effect = 'changes'
          await this.machine()
        }))
        """
      And a project with the file "features/web.feature":
        """
        Feature: Web
          Scenario: one
            Given machine "web1" is running
            When the cache is looked at
            Then the system is running
        """
      When nixcumber is called with "run"
      Then the exit code is 2
      And nixcumber says 'This step changes "web1", a live host'
