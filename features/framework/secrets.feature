@vm
Feature: No secret reaches a report
  What is typed for a secret is masked in everything that the machine gives back, whatever becomes of the scenario.

  Scenario: A passphrase that the machine repeats, twice and aloud
    Given the suite "twins"
    And a project with the file "features/secret.feature":
      """
      Feature: A secret
        Scenario: It is typed at a prompt that repeats it
          Given the flake "."
          And the console prompt "[root@broken" is answered with the secret "TRIAL_PASSPHRASE"
          And machine "broken" is running
          Then the console shows "******: command not found"
          And the console shows "words that are not there" now
      """
    When nixcumber is called with "run --offline --out out features/secret.feature" and "TRIAL_PASSPHRASE=correct-horse" in its environment
    Then the exit code is 1
    And nixcumber says 'the console of broken did not show "words that are not there"'
    And nixcumber does not say "correct-horse"
    And the file "out/evidence/machines/broken.console.log" of the project contains "******"
    And the file "out/evidence/machines/broken.console.log" of the project does not contain "correct-horse"
    And the file "out/messages.ndjson" of the project does not contain "correct-horse"
    And the file "out/report.html" of the project does not contain "correct-horse"
    And the file "out/run.json" of the project does not contain "correct-horse"
