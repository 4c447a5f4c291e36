@vm
Feature: Secrets are handed over to a machine, or told to be missing
  The host's modules stand for sops-nix and agenix: what they decrypt needs a key that is in no store.

  Scenario: With its key a host has its secrets, and the key is nowhere to be found
    Given the suite "sealed"
    When nixcumber is called with "run --offline --out out" and "SEALED_KEY=SEALED-KEY-1QZ7X4711-NOT-IN-ANY-STORE" in its environment
    Then the exit code is 1
    And nixcumber says "/var/lib/sops-nix/key.txt, /srv/keys/mail.env are handed over to sealed: it boots anew in each run, and its disks and states are kept in memory only"
    And nixcumber says "sealed: 1 scenario did not hold, 3 held"
    And nixcumber says 'the journal on sealed did not contain "words that are not there"'
    And nixcumber says "•••"
    And the file "out/evidence/machines/sealed.console.log" of the project contains "******"
    And nixcumber does not say "SEALED-KEY"
    And nixcumber does not say "not decrypted"
    And "SEALED-KEY-1QZ7X4711" is in no file that the run has left

  Scenario: Without it the secrets are named before the boot, and what needs one is not known of the host
    Given the suite "sealed"
    And a project with the file "nixcumber.config.json":
      """
      { "facts": false }
      """
    And a project with the file "features/alone.feature":
      """
      Feature: Alone
        Scenario: what needs a service that needs a secret
          Given the flake "."
          And machine "sealed" is running
          Then service "visitor" is active within 20 seconds
        Scenario: what has failed for want of a secret
          Given the flake "."
          And machine "sealed" is running
          Then service "page" is failed within 60 seconds
        Scenario: what fails by itself
          Given the flake "."
          And machine "sealed" is running
          Then service "cron" is active within 20 seconds
      """
    When nixcumber is called with "run --offline --out out features/sealed.feature:7 features/alone.feature:2 features/alone.feature:6"
    Then the exit code is 3
    And nixcumber says "3 secrets of sealed are not decrypted in its virtual machine: page, simon-password, token; no key is there (/var/lib/sops-nix/key.txt); needed by page.service, visitor.service, the password of simon, token.service; to hand over: machines.sealed.files"
    And nixcumber says "In the virtual machine of sealed a file is not there: /srv/keys/mail.env; needed by mail.service"
    And nixcumber says "not in this machine: the secrets"
    And nixcumber says "so this is not known of the host"
    And nixcumber says "page.service on sealed could not be checked"
    And nixcumber says "the secret page is not in this machine"
    And the file "out/run.json" of the project contains "sops.secrets.page"
    When nixcumber is called with "run --offline features/alone.feature"
    Then the exit code is 1
    And nixcumber says "cron.service on sealed was not there"

  Scenario: What cannot be handed over is refused before anything is built
    Given the suite "sealed"
    When nixcumber is called with "run --offline"
    Then the exit code is 2
    And nixcumber says 'Nothing can be handed over to machine "sealed" as /var/lib/sops-nix/key.txt'
    And nixcumber says "the environment variable SEALED_KEY is not set"
    And nixcumber does not say "building"

  Scenario: A run that does not use the machine needs nothing of what is handed over to it
    Given the suite "sealed"
    And a project with the file "features/evaluated.feature":
      """
      Feature: Evaluated
        Scenario: only
          Given the flake "."
          Then host "sealed" evaluates
      """
    When nixcumber is called with "run --offline features/evaluated.feature"
    Then the exit code is 0
