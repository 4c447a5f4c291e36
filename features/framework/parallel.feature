Feature: Several workers
  The same run in less time: nothing else about it may differ, and a worker that dies takes nobody with it.

  Rule: The same run

    Scenario: The reports are those of a serial run
      Given the suite "crew"
      When nixcumber is called with "run --tags 'not @dies and not @waits' --retry 1 --out serial"
      Then the exit code is 1
      When nixcumber is called with "run --tags 'not @dies and not @waits' --retry 1 --parallel 3 --out out"
      Then the exit code is 1
      And the last line begins with "NO-GO  1 scenario did not hold, 10 held"
      And nixcumber says "tried again"
      And the reports in "out" and "serial" tell the same

    Scenario: Scenarios that build on one another stay together and in order
      Given the suite "crew"
      When nixcumber is called with "run features/together.feature --tags 'not @dies' --parallel 4"
      Then the exit code is 0
      And the last line begins with "GO  4 scenarios held"

    Scenario: The first that does not hold ends it
      Given the suite "crew"
      And a project with the file "features/first.feature":
        """
        Feature: First
          Scenario: fails at once
            Then the claim does not hold
          Scenario: takes longer
            Then it takes 1500 milliseconds
          Scenario: is left out
            Then it takes 1 milliseconds
          Scenario: is left out too
            Then it takes 1 milliseconds
        """
      When nixcumber is called with "run features/first.feature --parallel 2 --fail-fast --out out"
      Then the exit code is 1
      And the scenarios end as follows:
        | scenario        | end     |
        | fails at once   | failure |
        | is left out too | skipped |

    Scenario: What is in a step of one's own is shown with the worker it came from
      Given the suite "crew"
      When nixcumber is called with "run features/alone.feature:3 --parallel 2"
      Then the exit code is 0
      And nixcumber says "[1] working for 100 ms"

    Scenario: As many as this computer can bear
      Given the suite "crew"
      When nixcumber is called with "run features/together.feature --tags 'not @dies' --parallel auto"
      Then the exit code is 0

    Scenario Outline: <words>
      Given the suite "crew"
      When nixcumber is called with "run <words>"
      Then the exit code is 2
      And nixcumber says "<said>"

      Examples:
        | words                 | said                         |
        | --parallel 0          | --parallel cannot be         |
        | --parallel some       | from 1 to 99, or auto        |
        | --parallel 2 --keep   | --keep needs a single worker |
        | --parallel 2 --tags @nobody | There is no scenario to run |

  Rule: A worker that dies loses only the scenario it had

    Scenario: Killed
      Given the suite "crew"
      When nixcumber is called with "run features/alone.feature --tags 'not @waits and not @retried and not @fails' --parallel 2 --out out"
      Then the exit code is 3
      And nixcumber says "died in the middle of this scenario"
      And nixcumber says "killed by SIGKILL"
      And nixcumber says "about to die"
      And nixcumber says "process.exit() was called at"
      And the scenarios end as follows:
        | scenario | end   |
        | one      | held  |
        | two      | held  |
        | row 20   | held  |
        | row 60   | held  |
        | dies     | error |
        | dies too | error |

    Scenario: Killed, and another one does not hold
      Given the suite "crew"
      When nixcumber is called with "run features/alone.feature --tags '@dies or @fails' --parallel 2 --out out"
      Then the exit code is 1
      And the last line begins with "NO-GO  1 scenario did not hold, 2 could not be checked"

    Scenario: Killed where others build on what it did
      Given the suite "crew"
      When nixcumber is called with "run features/together.feature --parallel 2 --out out"
      Then the exit code is 3
      And nixcumber says "died in an earlier scenario of this feature"
      And the scenarios end as follows:
        | scenario          | end   |
        | counts one        | held  |
        | counts two        | held  |
        | counts no further | error |
        | counts on         | error |
        | counts to the end | error |

    Scenario: None can begin
      Given the suite "crew"
      And a project with the file "features/steps/deadly.ts":
        """
        if (process.send) process.exit(9)
        export {}
        """
      When nixcumber is called with "run features/together.feature --parallel 2 --out out"
      Then the exit code is 3
      And nixcumber says "No worker lived long enough to begin"
      And nixcumber says "process.exit() was called at"

    Scenario: A step waits for what can never come
      Given the suite "words"
      When nixcumber is called with "run --tags '@stuck or @holds' --parallel 2 --out out"
      Then the exit code is 3
      And nixcumber says "can never come"
      And the scenarios end as follows:
        | scenario   | end   |
        | holds      | held  |
        | never ends | error |

    Scenario: What is to be done once for all workers fails
      Given the suite "crew"
      And a project with the file "features/steps/once.ts":
        """
        import { BeforeAll } from '@cucumber/cucumber'
        BeforeAll(() => { throw new Error('nothing to begin with') })
        """
      When nixcumber is called with "run features/together.feature --tags 'not @dies' --parallel 2 --out out"
      Then the exit code is 3
      And nixcumber says "nothing to begin with"

  Rule: The end of the run is the end of its workers

    Scenario: Ctrl-C
      Given the suite "crew"
      When nixcumber is called with "run features/alone.feature --tags '@waits or @fails' --parallel 2 --out out" and gets Ctrl-C once it says "✗ three"
      Then the exit code is 130
      And the last line begins with "STOPPED"
      And the scenarios end as follows:
        | scenario | end     |
        | three    | failure |
        | waits    | error   |
      And no worker of it is left

    Scenario: Ctrl-C, and a worker that hears nothing
      Given the suite "crew"
      And a project with the file "features/deaf.feature":
        """
        Feature: Deaf
          Scenario: hears nothing
            Then it hears nothing any more
          Scenario: is told of
            Then the claim does not hold
        """
      And a project with the file "features/steps/deaf.ts":
        """
        import { Then } from 'nixcumber'
        Then('it hears nothing any more', () => { for (;;); })
        """
      When nixcumber is called with "run features/deaf.feature --parallel 2 --out out" and gets Ctrl-C once it says "✗ is told of"
      Then the exit code is 130
      And the scenarios end as follows:
        | scenario      | end     |
        | hears nothing | error   |
        | is told of    | failure |
      And no worker of it is left

    Scenario: Killed itself
      Given the suite "crew"
      And a project with the file "features/deaf.feature":
        """
        Feature: Deaf
          Scenario: hears nothing
            Then it hears nothing any more
        """
      And a project with the file "features/steps/deaf.ts":
        """
        import { Then } from 'nixcumber'
        Then('it hears nothing any more', () => { console.log('deaf now'); for (;;); })
        """
      When nixcumber is called with "run --name 'waits|hears nothing' --parallel 2 --out out" and is killed once it says "deaf now"
      Then no worker of it is left
      And every line of "out/messages.ndjson" of the project is a whole message

  @vm
  Rule: With machines

    Scenario: Each worker has a machine of its own, and one that is killed takes only its own away
      Given the suite "network"
      And a project with the file "features/network.feature":
        """
        Feature: One host, a machine in each worker

          Background:
            Given the flake "."
            And machine "web1" is running

          Scenario: leaves a file
            When I run "touch /etc/leaked"
            Then file "/etc/leaked" exists

          Scenario: finds none
            Then file "/etc/leaked" does not exist now

          Scenario: leaves another file
            When I run "touch /etc/leaked"
            Then file "/etc/leaked" exists

          Scenario: finds none either
            Then file "/etc/leaked" does not exist now

          @dies
          Scenario: dies
            Then the process is killed
        """
      And a project with the file "features/steps/die.ts":
        """
        import { Then } from 'nixcumber'
        Then('the process is killed', () => {
          process.kill(process.pid, 'SIGKILL')
          return new Promise(() => setInterval(() => {}, 1000))
        })
        """
      When nixcumber is called with "run --offline --parallel 2 --out out"
      Then the exit code is 3
      And the scenarios end as follows:
        | scenario            | end   |
        | leaves a file       | held  |
        | finds none          | held  |
        | leaves another file | held  |
        | finds none either   | held  |
        | dies                | error |
      And no worker of it is left
      And the file "out/run.json" of the project contains "secondsToReady"
