@vm
Feature: An encrypted disk is unlocked at the console
  cryptsetup, LUKS2 and systemd's own question are real; only the disk is a small one.

  Scenario: By the right passphrase, at each boot, and the passphrase is nowhere to be found
    Given the suite "vault"
    When nixcumber is called with "run --offline --out out" and "VAULT_PASSPHRASE=correct horse" in its environment
    Then the exit code is 0
    And nixcumber says "vault: 2 scenarios held"
    And the file "out/evidence/machines/vault.console.log" of the project contains "Please enter passphrase for disk vault"
    And the file "out/evidence/machines/vault.console.log" of the project does not contain "correct horse"
    And the file "out/messages.ndjson" of the project does not contain "correct horse"

  Scenario: A wrong one is refused by the machine
    Given the suite "vault"
    When nixcumber is called with "run --offline features/vault.feature:9" and "VAULT_PASSPHRASE=battery staple" in its environment
    Then the exit code is 1
    And nixcumber says 'vault asks "passphrase for disk" again after it was answered: is what VAULT_PASSPHRASE holds the right one?'
    And nixcumber says "systemd-cryptsetup@vault.service on vault was not active: it failed for good"

  Scenario: Nobody answers
    Given the suite "vault"
    And a project with the file "features/unanswered.feature":
      """
      Feature: Nobody answers
        Scenario: It would boot
          Given the flake "."
          And machine "vault" is running
          Then the system is running
      """
    When nixcumber is called with "run --offline features/unanswered.feature"
    Then the exit code is 1
    And nixcumber says 'Machine "vault" did not boot: it waits for an answer at its console: Please enter passphrase for disk vault'
    And nixcumber says 'Given the console prompt "Please enter passphrase for disk vault" is answered with the secret "LUKS_PASSPHRASE"'
