Feature: What is kept of a run
  A verdict without its evidence is gossip.

  Scenario: Four files, wherever they were wanted
    Given the suite "words"
    When nixcumber is called with "run --tags '@holds or @fails' --out out"
    Then the exit code is 1
    And "exitCode" of the run is "1"
    And "inputs" of the run is "real"
    And "verdict" of the run is "NO-GO  1 scenario did not hold, 1 held"
    And the file "out/messages.ndjson" of the project contains "testRunFinished"
    And the file "out/report.html" of the project contains "The claim did not hold"
    And the project has no folder "latest"
    And the scenarios end as follows:
      | scenario | end     |
      | holds    | held    |
      | fails    | failure |

  Scenario: Offline inputs are no GO for a real machine
    Given the suite "words"
    When nixcumber is called with "run --tags @holds --offline --out out"
    Then the exit code is 0
    And the last line begins with "GO (rehearsal with offline inputs)"
    And "inputs" of the run is "offline"
    And the file "out/report.html" of the project contains "no GO for a real machine"

  Scenario: What is hostile is text
    Given the suite "mixed"
    When nixcumber is called with "run --out out"
    Then the exit code is 1
    And the file "out/report.html" of the project does not contain "<script"

  Scenario: A password reaches no report
    Given the suite "words"
    When nixcumber is called with "run --tags @secret --out out" and "NIXCUMBER_PASSWORD_T14=hunter-two" in its environment
    Then the exit code is 1
    And nixcumber does not say "hunter-two"
    And the file "out/messages.ndjson" of the project does not contain "hunter-two"
    And the file "out/messages.ndjson" of the project contains "•••"
    And the file "out/report.html" of the project does not contain "hunter-two"
    And the file "out/junit.xml" of the project does not contain "hunter-two"

  Scenario: Nor does one with a quote in it, inside of JSON that a machine has printed
    Given the suite "words"
    And a project with the file "features/steps/quoted.ts":
      """
      import { ExpectationNotMet, Then } from 'nixcumber'
      Then('the password is told as JSON', function () {
        const said = JSON.stringify({ said: process.env.NIXCUMBER_PASSWORD_T14 })
        this.attach(said, { mediaType: 'application/json' })
        throw new ExpectationNotMet(`The machine printed ${said}`)
      })
      """
    And a project with the file "features/quoted.feature":
      """
      Feature: Quoted
        Scenario: is told
          Then the password is told as JSON
      """
    When nixcumber is called with "run features/quoted.feature --out out" and 'NIXCUMBER_PASSWORD_T14=hunter"two' in its environment
    Then the exit code is 1
    And nixcumber does not say "hunter"
    And the file "out/messages.ndjson" of the project does not contain "hunter"
    And the file "out/messages.ndjson" of the project contains "•••"
    And the file "out/report.html" of the project does not contain "hunter"
    And the file "out/junit.xml" of the project does not contain "hunter"

  Scenario: Ctrl-C ends it in good order
    Given the suite "words"
    When nixcumber is called with "run --tags '@holds or @waiting' --out out" and gets Ctrl-C once it says "waiting"
    Then the exit code is 130
    And "exitCode" of the run is "130"
    And the last line begins with "STOPPED"
    And the scenarios end as follows:
      | scenario   | end   |
      | holds      | held  |
      | waits long | error |

  Scenario: Two runs have no folder in common
    Given the suite "words"
    When nixcumber is called with "run --tags @waiting --out out", with "run --tags @holds --out out" once it says "waiting", and gets Ctrl-C
    Then the exit code is 130
    And the file "other.txt" of the project contains "exit code 2"
    And the file "other.txt" of the project contains "Another run is writing to"
    And "verdict" of the run is "STOPPED  1 scenario not finished"

  Scenario: What is foreign is not overwritten
    Given the suite "words"
    And a project with the file "out/report.html":
      """
      mine
      """
    When nixcumber is called with "run --tags @holds --out out"
    Then the exit code is 2
    And nixcumber says "is no run of nixcumber's, and not empty"
    And the file "out/report.html" of the project contains "mine"

  Scenario: Where nothing can be written
    Given the suite "words"
    When nixcumber is called with "run --tags @holds --out /proc/nowhere"
    Then the exit code is 3
    And nixcumber says "Cannot write: /proc/nowhere"

  Scenario: A full disk, with nothing lost that was recorded
    Given the suite "words"
    When nixcumber is called with "run --tags @holds --out out" on a disk that is full
    Then the exit code is 3
    And nixcumber says "The disk is full"
    And every line of "kept/messages.ndjson" of the project is a whole message
    And the file "kept/run.json" of the project contains "start"
