Feature: The command line
  Wrong words are refused with the nearest right one.

  Rule: Wrong words

    Scenario Outline: <words>
      Given the suite "words"
      When nixcumber is called with "<words>"
      Then the exit code is 2
      And nixcumber says "<said>"
      And nixcumber says "<nearest>"

      Examples:
        | words                               | said                         | nearest               |
        | run --tag @x                        | Unknown option --tag         | Did you mean  --tags  |
        | rnu                                 | Unknown command              | Did you mean  run     |
        | run --over sshh                     | --over cannot be             | Did you mean  ssh     |
        | run --retry many                    | --retry needs a number       | many                  |
        | run --name '('                      | --name is no regular         | (                     |
        | run --tags '@a and'                 | --tags is no tag expression  | @a and                |
        | run --machine web                   | NAME=ssh://                  | web                   |
        | run --machine web=shs://host        | not known                    | Did you mean  ssh     |
        | run features/wods.feature           | There is no features/wods    | features/words        |
        | shell                               | Missing required argument    | machine               |

  Rule: Choosing scenarios

    Scenario: By the line of a step
      Given the suite "words"
      When nixcumber is called with "run features/words.feature:5"
      Then the exit code is 0
      And the last line begins with "GO  1 scenario held"

    Scenario: By name
      Given the suite "words"
      When nixcumber is called with "run --name '^hol' --tags 'not @flaky'"
      Then the exit code is 0
      And the last line begins with "GO  1 scenario held"

    Scenario: A second try is shown, and counts
      Given the suite "words"
      When nixcumber is called with "run --tags @flaky --retry 1 --out out"
      Then the exit code is 0
      And nixcumber says "tried again"
      And nixcumber says "Not the first time"
      And nixcumber says "(attempt 2)"
      And the last line begins with "GO  1 scenario held (1 flaky)"
      And the file "out/junit.xml" of the project contains "<flakyFailure"

    Scenario: The first that does not hold ends it
      Given the suite "words"
      When nixcumber is called with "run --tags '@fails or @unreachable' --fail-fast --out out"
      Then the exit code is 1
      And the scenarios end as follows:
        | scenario          | end     |
        | fails             | failure |
        | cannot be checked | skipped |

  Rule: Looking at the steps only

    Scenario: Every step is known
      Given the suite "words"
      When nixcumber is called with "run --dry-run --tags @holds"
      Then the exit code is 0
      And the last line begins with "STEPS KNOWN  1 scenario"

    Scenario: One is not
      Given the suite "words"
      When nixcumber is called with "run --dry-run --tags '@holds or @mistyped'"
      Then the exit code is 2

    Scenario: Five hundred scenarios
      Given a project with 500 scenarios
      When nixcumber is called with "run --dry-run"
      Then the exit code is 0
      And the last line begins with "STEPS KNOWN  500 scenarios"
      And it took less than 60 seconds
