Feature: Looking into what does not hold
  Before anything is tidied up; and without running again what held.

  Rule: --pause-on-failure

    Scenario: It stops where a step does not hold, says what can be done, and goes on
      Given the suite "words"
      When nixcumber is called with "run --tags '@holds or @fails or @unreachable' --pause-on-failure --out out" at a terminal:
        | says                              | typed |
        | Again                             | Enter |
        | --pause-on-failure features/words | Enter |
      Then the exit code is 1
      And nixcumber says "PAUSED  fails  (features/words.feature:9)"
      And nixcumber says "PAUSED  cannot be checked  (features/words.feature:13)"
      And nixcumber says "nixcumber run --pause-on-failure features/words.feature:8"
      And the scenarios end as follows:
        | scenario          | end     |
        | holds             | held    |
        | fails             | failure |
        | cannot be checked | error   |

    Scenario: q ends the run in good order
      Given the suite "words"
      When nixcumber is called with "run --tags '@fails or @unreachable' --pause-on-failure --out out" at a terminal:
        | says  | typed   |
        | Go on | q Enter |
      Then the exit code is 1
      And the last line begins with "NO-GO"
      And the scenarios end as follows:
        | scenario          | end     |
        | fails             | failure |
        | cannot be checked | skipped |

    Scenario: So does the end of what is typed
      Given the suite "words"
      When nixcumber is called with "run --tags '@fails or @unreachable' --pause-on-failure --out out" at a terminal:
        | says  | typed  |
        | Go on | Ctrl-D |
      Then the exit code is 1
      And the scenarios end as follows:
        | scenario          | end     |
        | fails             | failure |
        | cannot be checked | skipped |

    Scenario: Ctrl-C while it waits
      Given the suite "words"
      When nixcumber is called with "run --tags '@fails or @unreachable' --pause-on-failure --out out" at a terminal:
        | says  | typed  |
        | Go on | Ctrl-C |
      Then the exit code is 130
      And nixcumber says "STOPPED" once

    Scenario: Without a terminal it would wait for ever
      Given the suite "words"
      When nixcumber is called with "run --tags @fails --pause-on-failure --out out"
      Then the exit code is 2
      And nixcumber says "--pause-on-failure needs a terminal"

  Rule: --from

    Scenario: What comes before is left out
      Given the suite "words"
      When nixcumber is called with "run --tags '@holds or @unreachable or @flaky' --from 'is refused' --retry 1 --out out"
      Then the exit code is 0
      And nixcumber says "3 scenarios left out: --from is refused"
      And the last line begins with "GO  1 scenario held"

    Scenario: By a line
      Given the suite "words"
      When nixcumber is called with "run --tags '@holds or @unreachable or @flaky' --from features/words.feature:9 --retry 1"
      Then the exit code is 3
      And the last line begins with "COULD NOT CHECK  1 scenario could not be checked, 1 held"

    Scenario Outline: Refused, with the nearest: <from>
      Given the suite "words"
      When nixcumber is called with "run --from '<from>' --out out"
      Then the exit code is 2
      And nixcumber says "Did you mean  <nearest>"

      Examples:
        | from                      | nearest                |
        | cannot be chcked          | cannot be checked      |
        | features/wrods.feature:3  | features/words.feature |

    Scenario: A name that several scenarios have
      Given a project with the file "features/twice.feature":
        """
        Feature: Twice
          Scenario: same
            Then service "sshd" is active
          Scenario: same
            Then service "sshd" is active
        """
      When nixcumber is called with "run --from same"
      Then the exit code is 2
      And nixcumber says "features/twice.feature:4"

  Rule: One end

    Scenario: Ctrl-C, which reaches everybody at the terminal, has one verdict
      Given the suite "words"
      When nixcumber is called with "run --tags '@holds or @waiting' --out out" and gets Ctrl-C once it says "waiting"
      Then the exit code is 130
      And nixcumber says "STOPPED" once
      And nixcumber does not say "Error"
