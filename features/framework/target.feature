@vm
Feature: The machine that is to be wiped
  Looked at once for a run, over ssh, and only looked at. The disks, the firmware and the network are those of a virtual machine.

  Background:
    Given the flake "fixtures/suites/target"
    And machine "rescue" is running
    And the suite "target"

  Scenario: A host that fits it, and one that does not
    Given the target of the project is machine "rescue", '{ "host": "fitting" }'
    When nixcumber is called with "run --offline --out out"
    Then the exit code is 1
