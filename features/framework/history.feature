Feature: What is kept of many runs
  Each run is a folder below .nixcumber/runs: nobody copies anything, and whatever becomes of one run, the others stay.

  Rule: Each run says in brief how it ended

    Scenario: How each scenario ended, and what was said first
      Given the suite "words"
      When nixcumber is called with "run --tags '@holds or @fails or @mistyped or @flaky' --retry 1"
      Then the exit code is 1
      And the results of the latest run are:
        | scenario              | outcome | attempts | error                             |
        | holds                 | held    | 1        |                                   |
        | fails                 | failed  | 2        | The claim did not hold            |
        | is mistyped           | refused | 1        | Unknown sentence: the claim hold  |
        | holds the second time | held    | 2        |                                   |

    Scenario: Several workers tell the same
      Given the suite "words"
      When nixcumber is called with "run --tags '@holds or @fails' --parallel 2"
      Then the exit code is 1
      And the results of the latest run are:
        | scenario | outcome | attempts | error                  |
        | holds    | held    | 1        |                        |
        | fails    | failed  | 1        | The claim did not hold |

    Scenario: So do shards put together
      Given the suite "words"
      When nixcumber is called with "run --tags '@holds or @fails' --shard 1/2 --out 1"
      And nixcumber is called with "run --tags '@holds or @fails' --shard 2/2 --out 2"
      And nixcumber is called with "merge 1 2"
      Then the exit code is 1
      And the results of the latest run are:
        | scenario | outcome | attempts | error                  |
        | holds    | held    | 1        |                        |
        | fails    | failed  | 1        | The claim did not hold |

    Scenario: One that was stopped tells what it knows
      Given the suite "words"
      When nixcumber is called with "run --tags '@holds or @waiting'" and gets Ctrl-C once it says "waiting"
      Then the exit code is 130
      And the results of the latest run are:
        | scenario   | outcome    | attempts | error |
        | holds      | held       | 1        |       |
        | waits long | unfinished | 1        |       |

  Rule: A Then keeps what it saw, whether it held or not

    Scenario: The words of the message, and those that nobody saw so far
      Given the suite "observed"
      When nixcumber is called with "run --name shelf"
      Then the exit code is 1
      And the latest run has seen:
        | subject          | wanted | seen              |
        | the shelf on box | full   | 12 books          |
        | the shelf on box | full   | 3 books, 1 lamp   |
      And nixcumber does not say "12 books"
      And nixcumber says "3 books, 1 lamp"
      And nixcumber does not say "vnd.nixcumber"
      And the file ".nixcumber/runs/latest/report.html" of the project contains "12 books"
      And the file ".nixcumber/runs/latest/report.html" of the project does not contain "vnd.nixcumber"
      And the file ".nixcumber/runs/latest/junit.xml" of the project does not contain "12 books"

    Scenario: A password is not kept, not even the half of it
      Given the suite "observed"
      When nixcumber is called with "run --name whispered" and "NIXCUMBER_PASSWORD_BOX=hunter-two-and-more" in its environment
      Then the exit code is 0
      And the file ".nixcumber/runs/latest/messages.ndjson" of the project contains "whisper"
      And the file ".nixcumber/runs/latest/messages.ndjson" of the project does not contain "hunter"

  Rule: What becomes of one run is no matter for another

    Scenario: Two at once
      Given the suite "words"
      When nixcumber is called with "run --tags @holds" and with "run --tags @fails" at the same time
      Then 2 runs are recorded: ended, ended
      And the file ".nixcumber/history.json" of the project contains "words.feature: holds"
      And the file ".nixcumber/history.json" of the project contains "words.feature: fails"

    Scenario: One is killed in the middle
      Given the suite "words"
      When nixcumber is called with "run --tags @holds"
      And nixcumber is called with "run --tags '@holds or @waiting'" and is killed once it says "waiting"
      Then 2 runs are recorded: ended, killed
      And every line of ".nixcumber/runs/latest/messages.ndjson" of the project is a whole message
      And the file ".nixcumber/runs/latest/messages.ndjson" of the project contains "testCaseFinished"
      And latest leads to the newest of them
      When nixcumber is called with "run --tags @holds"
      Then 3 runs are recorded: ended, killed, ended
      And latest leads to the newest of them

    Scenario: What a killed run has told is not forgotten, nor what it had begun
      Given the suite "words"
      When nixcumber is called with "run --tags @holds"
      And nixcumber is called with "run --tags '@fails or @waiting'" and is killed once it says "waiting"
      And nixcumber is called with "run --last-failed --dry-run"
      Then the exit code is 0
      And the last line begins with "STEPS KNOWN  2 scenarios"

    Scenario: Of a damaged history nothing is taken to have held
      Given the suite "words"
      And a project with the file ".nixcumber/history.json":
        """
        { "format": 1,
        """
      When nixcumber is called with "run --tags @holds"
      And nixcumber is called with "run --last-failed"
      Then the exit code is 3
      And nixcumber says "history.json is damaged"

    Scenario: Somebody removes its folder while it goes on
      Given the suite "words"
      When nixcumber is called with "run --tags @holds"
      And nixcumber is called with "run --tags '@holds or @waiting'", its folder is removed once it says "waiting", and it gets Ctrl-C
      Then the exit code is 130
      And nixcumber says "its folder is gone: it was removed"
      And 1 run is recorded: ended
      When nixcumber is called with "run --tags @holds"
      Then 2 runs are recorded: ended, ended
      And latest leads to the newest of them

    Scenario: Its disk is full
      Given the suite "words"
      When nixcumber is called with "run --tags @holds"
      And nixcumber is called with "run --tags @holds --out out" on a disk that is full
      Then the exit code is 3
      And 1 run is recorded: ended

  Rule: Old runs go by themselves

    Scenario: Those that the configuration does not keep
      Given the suite "words"
      And a project with the file "nixcumber.config.json":
        """
        { "keepRuns": { "days": 30, "atLeast": 1 } }
        """
      And recorded runs that began so many days ago: 100, 60, 29, 20
      When nixcumber is called with "run --tags @fails"
      Then the exit code is 1
      And the runs that began so many days ago are left: 29, 20, 0

    Scenario: None that is good enough to be compared with
      Given the suite "words"
      And a project with the file "nixcumber.config.json":
        """
        { "keepRuns": { "days": 30, "atLeast": 1 } }
        """
      And recorded runs that began so many days ago: 100, 60
      And a bad run that began 50 days ago
      When nixcumber is called with "run --tags @fails"
      Then the exit code is 1
      And the runs that began so many days ago are left: 60, 0
      And latest leads to the newest of them

    Scenario: None when all are to be kept
      Given the suite "words"
      And a project with the file "nixcumber.config.json":
        """
        { "keepRuns": "all" }
        """
      And recorded runs that began so many days ago: 1000, 900
      When nixcumber is called with "run --tags @holds"
      Then the exit code is 0
      And the runs that began so many days ago are left: 1000, 900, 0

    Scenario: One is told before it is done
      Given the suite "words"
      And a project with the file "nixcumber.config.json":
        """
        { "keepRuns": { "days": 30, "atLeast": 1 } }
        """
      And recorded runs that began so many days ago: 100, 60, 1
      When nixcumber is called with "clean --dry-run"
      Then nixcumber says "Would remove 2 recorded runs older than 30 days"
      And the runs that began so many days ago are left: 100, 60, 1
      When nixcumber is called with "clean"
      Then nixcumber says "Removed 2 recorded runs older than 30 days"
      And the runs that began so many days ago are left: 1

    Scenario: A setting that cannot be meant
      Given an empty project
      And a project with the file "nixcumber.config.json":
        """
        { "keepRuns": { "days": -1 } }
        """
      When nixcumber is called with "run"
      Then the exit code is 2
      And nixcumber says 'Wrong value of "keepRuns'
