Feature: The machine that is to be wiped
  Looked at once for a run, over ssh, and only looked at. The disks, the firmware and the network are those of a virtual machine.

  Scenario: Without a target nothing could be checked
    Given the suite "target"
    When nixcumber is called with "run --offline --out out features/fitting.feature features/other.feature"
    Then the exit code is 3
    And the last line begins with "COULD NOT CHECK  16 scenarios could not be checked"
    And nixcumber says "The target could not be checked: the run was given none"
    And nixcumber says "--target ssh://root@host"

  Scenario: One that cannot be reached, and one that is no machine to look at
    Given the suite "target"
    When nixcumber is called with "run --offline --target ssh://root@127.0.0.1:1 --out out features/fitting.feature --name disk"
    Then the exit code is 3
    And nixcumber says "No ssh connection to root@127.0.0.1:1"
    When nixcumber is called with "run --offline --target image:nowhere features/fitting.feature"
    Then the exit code is 2
    And nixcumber says "--target is no machine that can be looked at"

  Scenario: Of a container nothing is said
    Given the suite "target"
    And a lab host "box" with:
      | user | simon | |
    And the project's target is its machine "box"
    When nixcumber is called with "run --offline --out out features/fitting.feature --name 'disk|hangs|firmware|network'"
    Then the exit code is 3
    And nixcumber says "could not be checked: the target is a container"
    And nixcumber says "! The target root@" once
