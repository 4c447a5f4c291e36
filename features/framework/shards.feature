Feature: Parts of a suite, on as many computers
  Each part is run for itself; put together they are one run with one verdict, and no part is missed in silence.

  Rule: All parts together are the whole

    Scenario: Three shards merged tell what a serial run tells
      Given the suite "crew"
      When nixcumber is called with "run --tags 'not @dies and not @waits' --retry 1 --out serial"
      And nixcumber is called with "run --tags 'not @dies and not @waits' --retry 1 --shard 1/3 --out 1"
      And nixcumber is called with "run --tags 'not @dies and not @waits' --retry 1 --shard 2/3 --parallel 2 --out 2"
      And nixcumber is called with "run --tags 'not @dies and not @waits' --retry 1 --shard 3/3 --out 3"
      And nixcumber is called with "merge 3 1 2 --out out"
      Then the exit code is 1
      And the last line begins with "NO-GO  1 scenario did not hold, 10 held"
      And the reports in "out" and "serial" tell the same but for their notes

    Scenario: A shard is no GO for the whole
      Given the suite "crew"
      When nixcumber is called with "run features/together.feature --tags 'not @dies' --shard 1/2"
      Then the exit code is 0
      And nixcumber says "shard 1 of 2: 4 of 4 scenarios"
      And the last line begins with "GO (shard 1 of 2)  4 scenarios held"

    Scenario: A shard to which nothing falls is no failure
      Given the suite "crew"
      When nixcumber is called with "run features/together.feature --tags 'not @dies' --shard 2/2"
      Then the exit code is 0
      And the last line begins with "NOTHING TO DO (shard 2 of 2)  no scenario"

    Scenario: Durations decide who gets what, and merging records them
      Given the suite "crew"
      And a project with the file ".nixcumber/history.json":
        """
        { "format": 1, "scenarios": {
          "features/alone.feature: one": { "milliseconds": 10, "held": true },
          "features/alone.feature: two": { "milliseconds": 60000, "held": true },
          "features/alone.feature: In a rule › row <n> [1]": { "milliseconds": 10, "held": true },
          "features/alone.feature: In a rule › row <n> [2]": { "milliseconds": 10, "held": true },
          "features/alone.feature: In a rule › row <n> [3]": { "milliseconds": 10, "held": true }
        } }
        """
      When nixcumber is called with "run features/alone.feature --name '^(one|two|row)' --shard 1/2 --out 1"
      Then nixcumber says "shard 1 of 2: 1 of 5 scenarios"
      And the file ".nixcumber/history.json" of the project contains "60000"
      When nixcumber is called with "run features/alone.feature --name '^(one|two|row)' --shard 2/2 --out 2"
      Then nixcumber says "shard 2 of 2: 4 of 5 scenarios"
      When nixcumber is called with "merge 1 2 --out out"
      Then the exit code is 0
      And the last line begins with "GO  5 scenarios held"
      And the file ".nixcumber/history.json" of the project does not contain "60000"

    Scenario Outline: <part> is no part
      Given the suite "crew"
      When nixcumber is called with "run --shard <part>"
      Then the exit code is 2
      And nixcumber says "--shard cannot be"
      And nixcumber says "the I-th of N parts"

      Examples:
        | part |
        | 0/2  |
        | 3/2  |
        | 2    |
        | 1/0  |

  Rule: What is missing or does not fit is said

    Scenario: One is missing
      Given the suite "crew"
      When nixcumber is called with "run features/alone.feature --name '^(one|row)' --shard 1/2 --out 1"
      And nixcumber is called with "merge 1 --out out"
      Then the exit code is 3
      And the last line begins with "COULD NOT CHECK  2 scenarios held; shard 2 of 2 is missing"
      And the file "out/report.html" of the project contains "shard 2 of 2 is missing"

    Scenario: Two that overlap
      Given the suite "crew"
      When nixcumber is called with "run features/alone.feature --name '^(one|row)' --out 1"
      And nixcumber is called with "run features/alone.feature --name '^(one|two)' --out 2"
      And nixcumber is called with "merge 1 2 --out out"
      Then the exit code is 2
      And nixcumber says "1 of the scenarios ran in 1 and in 2 too"
      And nixcumber says "features/alone.feature: one"

    Scenario: The features were not the same
      Given the suite "crew"
      When nixcumber is called with "run features/alone.feature --name '^one' --out 1"
      Given a project with the file "features/alone.feature":
        """
        Feature: Scenarios that stand alone
          Scenario: one
            Then it takes 1 milliseconds
        """
      When nixcumber is called with "run features/alone.feature --out 2"
      And nixcumber is called with "merge 1 2 --out out"
      Then the exit code is 2
      And nixcumber says "features/alone.feature is not the same in 1 and 2"
      And nixcumber says "sha256-"

    Scenario: They were cut by other durations
      Given the suite "crew"
      When nixcumber is called with "run features/alone.feature --name '^(one|two|row)' --shard 1/2 --out 1"
      Given a project with the file ".nixcumber/history.json":
        """
        { "format": 1, "scenarios": {
          "features/alone.feature: one": { "milliseconds": 10, "held": true },
          "features/alone.feature: two": { "milliseconds": 60000, "held": true }
        } }
        """
      When nixcumber is called with "run features/alone.feature --name '^(one|two|row)' --shard 2/2 --out 2"
      And nixcumber is called with "merge 1 2 --out out"
      Then the exit code is 2
      And nixcumber says "were cut differently"

    Scenario: Real inputs and look-alikes
      Given the suite "crew"
      When nixcumber is called with "run features/alone.feature --name '^one' --out 1"
      And nixcumber is called with "run features/alone.feature --name '^two' --offline --out 2"
      And nixcumber is called with "merge 1 2 --out out"
      Then the exit code is 2
      And nixcumber says "1 and 2 did not judge the same inputs"

    Scenario: A shard was killed in the middle of a word
      Given the suite "crew"
      When nixcumber is called with "run features/alone.feature --name '^(one|row)' --shard 1/2 --out 1"
      And nixcumber is called with "run features/alone.feature --name '^(one|row)' --shard 2/2 --out 2"
      Given the last line of "2/messages.ndjson" of the project is cut in half
      When nixcumber is called with "merge 1 2 --out out"
      Then the exit code is 3
      And nixcumber says "the run in 2 came to no end (its last message is half written)"
      And the last line begins with "COULD NOT CHECK  4 scenarios held; the run in 2"

    Scenario: The messages say less than the run has counted
      Given the suite "crew"
      When nixcumber is called with "run features/alone.feature --name '^(one|row)' --shard 1/1 --out 1"
      Given the messages of "row 20" are gone from "1/messages.ndjson" of the project
      When nixcumber is called with "merge 1 --out out"
      Then the exit code is 3
      And nixcumber says "scenarios are in none of the shards"
      And nixcumber says "messages of 1 are lost"

    Scenario: A record is damaged
      Given the suite "crew"
      When nixcumber is called with "run features/alone.feature --name '^one' --out 1"
      Given line 3 of "1/messages.ndjson" of the project is "{ garbage"
      When nixcumber is called with "merge 1 --out out"
      Then the exit code is 2
      And nixcumber says "messages.ndjson in 1 is damaged"
      And nixcumber says "line 3"

    Scenario Outline: merge <words>
      Given the suite "crew"
      When nixcumber is called with "merge <words>"
      Then the exit code is 2
      And nixcumber says "<said>"

      Examples:
        | words                   | said                             |
        | features                | features is no recorded run      |
        | nowhere                 | no run.json in it                |
        | features features       | features is named twice          |
        | features --out features | --out is one of the runs         |

  Rule: Only what did not hold

    Scenario: Until everything holds
      Given the suite "crew"
      When nixcumber is called with "run --last-failed"
      Then the exit code is 2
      And nixcumber says "No run of this project is recorded"
      When nixcumber is called with "run --tags 'not @dies and not @waits and not @retried'"
      Then the exit code is 1
      When nixcumber is called with "run --last-failed"
      Then the exit code is 1
      And the last line begins with "NO-GO  1 scenario did not hold"
      When nixcumber is called with "run --name '^one$'"
      Then the exit code is 0
      When nixcumber is called with "run --last-failed --parallel 2"
      Then the exit code is 1
      Given a project with the file "features/alone.feature":
        """
        Feature: Scenarios that stand alone

          Scenario: three
            Then it takes 1 milliseconds
        """
      When nixcumber is called with "run --last-failed"
      Then the exit code is 0
      And the last line begins with "GO  1 scenario held"
      When nixcumber is called with "run --last-failed"
      Then the exit code is 0
      And the last line begins with "NOTHING TO DO"
