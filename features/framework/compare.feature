Feature: What is new
  Between two runs only what has changed is worth reading. The runs are real, and so is their history.

  Background:
    Given the suite "course"

  Rule: What is new decides

    Scenario: Nothing is
      When nixcumber is called with "run"
      And nixcumber is called with "run"
      And nixcumber is called with "compare"
      Then the exit code is 0
      And nixcumber says "NOTHING NEW  3 held as before"

    Scenario: Something does not hold that did
      When nixcumber is called with "run"
      And a project with the file "disk":
        """
        broken
        """
      And nixcumber is called with "run"
      And nixcumber is called with "compare last-good last --html new.html --json new.json --markdown new.md --junit new.xml --prometheus new.prom"
      Then the exit code is 1
      And nixcumber says "NEW FAILURES  1 new failure, 2 held as before"
      And nixcumber says "The disk was not whole"
      And nixcumber says "Before     it held"
      And nixcumber says "Now        broken"
      And nixcumber says "The features have not changed"
      And the file "new.html" of the project contains "The disk was not whole"
      And the file "new.json" of the project contains "newFailures"
      And the file "new.md" of the project contains "## New failures"
      And the file "new.xml" of the project contains "failures=\"1\""
      And the file "new.prom" of the project contains "nixcumber_new_failures 1"

    Scenario: It is old the next time, and tells its age; --strict counts it
      When nixcumber is called with "run"
      And a project with the file "disk":
        """
        broken
        """
      And nixcumber is called with "run"
      And nixcumber is called with "run"
      And nixcumber is called with "compare last last"
      Then the exit code is 0
      And nixcumber says "NOTHING NEW  1 still failing, 2 held as before"
      And nixcumber says ", 2 runs"
      When nixcumber is called with "compare last last --strict"
      Then the exit code is 1
      And nixcumber says "STILL FAILING"
      When a project with the file "disk":
        """
        whole
        """
      And nixcumber is called with "run"
      And nixcumber is called with "compare last last"
      Then the exit code is 0
      And nixcumber says "1 fixed"

    Scenario: What could not be checked is told apart
      When nixcumber is called with "run"
      And a project with the file "network":
        """
        gone
        """
      And nixcumber is called with "run"
      And nixcumber is called with "compare"
      Then the exit code is 3
      And nixcumber says "NEW ERRORS  1 new error, 2 held as before"
      And nixcumber says "Nobody knows of network"

    Scenario: The first night there is nothing to compare with, and nothing is passed over
      Given a project with the file "disk":
        """
        broken
        """
      When nixcumber is called with "run"
      And nixcumber is called with "compare"
      Then the exit code is 1
      And nixcumber says "none: no run before was good, so all that is bad counts as new"

    Scenario: A known failure is waived, for a time
      Given a project with the file "nixcumber.config.json":
        """
        { "waivers": [{ "scenario": "It is whole", "reason": "the new disk comes on Monday", "until": "2999-12-31" }] }
        """
      And a project with the file "disk":
        """
        broken
        """
      When nixcumber is called with "run"
      And nixcumber is called with "compare"
      Then the exit code is 0
      And nixcumber says "It is whole  the new disk comes on Monday; until 2999-12-31"
      When a project with the file "nixcumber.config.json":
        """
        { "waivers": [{ "scenario": "It is whole", "reason": "the new disk comes on Monday", "until": "2020-12-31" }] }
        """
      And nixcumber is called with "compare"
      Then the exit code is 1
      And nixcumber says "over since 2020-12-31: it counts again"

  Rule: Nothing is compared that cannot be

    Scenario: A run that was killed in the middle is not good
      When nixcumber is called with "run"
      And a project with the file "network":
        """
        slow
        """
      And nixcumber is called with "run" and is killed once it says "It is whole"
      And nixcumber is called with "compare"
      Then the exit code is 3
      And nixcumber says "NOT COMPARABLE"
      And nixcumber says "the current run was killed before it was judged"

    Scenario: A part of the scenarios says nothing of the others
      When nixcumber is called with "run"
      And nixcumber is called with "run --name whole"
      And nixcumber is called with "compare"
      Then the exit code is 0
      And nixcumber says "left out of the current run by --name"

    Scenario: A part is no base for the whole
      When nixcumber is called with "run"
      And nixcumber is called with "run --name whole"
      And nixcumber is called with "run"
      And nixcumber is called with "compare"
      Then the exit code is 0
      And nixcumber says "NOTHING NEW  3 held as before"

    Scenario: No run before a damaged record is taken for the last
      When nixcumber is called with "run"
      And a project with the file "disk":
        """
        broken
        """
      And nixcumber is called with "run"
      Given a project with the file ".nixcumber/runs/latest/run.json":
        """
        { "format": 1, "tool"
        """
      When nixcumber is called with "compare"
      Then the exit code is 3
      And nixcumber says "is damaged"
      And nixcumber says "run.json cannot be read"
      When nixcumber is called with "run"
      And nixcumber is called with "compare"
      Then the exit code is 1
      And nixcumber says "its record is damaged"

    Scenario: A rehearsal is no base for the real thing
      When nixcumber is called with "run --offline --out rehearsal"
      And nixcumber is called with "run"
      And nixcumber is called with "compare rehearsal last"
      Then the exit code is 3
      And nixcumber says "the base had look-alike inputs (a rehearsal), the current run real inputs"

    Scenario Outline: <words>
      When nixcumber is called with "run"
      And nixcumber is called with "<words>"
      Then the exit code is 2
      And nixcumber says "<said>"

      Examples:
        | words                                       | said                                         |
        | compare lats last                           | lats is no recorded run                      |
        | compare 2020-02-31                          | 2020-02-31 is no moment in time              |
        | compare features last                       | features is no recorded run                  |
        | compare last-good last                      | No run was good before                       |
        | compare latest latest                       | Both are the same run                        |
        | compare a b c                               | Too many arguments                           |
        | compare --json - --markdown -               | Only one report can go to standard output    |
        | compare --htlm x                            | Unknown option --htlm                        |
