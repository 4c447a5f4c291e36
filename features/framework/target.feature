Feature: The machine that is to be wiped
  Looked at once for a run, over ssh, and only looked at.

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

  Scenario: What spans disks is told by the programs of the target
    Given the suite "target"
    And a lab host "box" with:
      | hostile tool | systemd-detect-virt | case $1 in --container) echo none; exit 1;; *) echo kvm;; esac |
      | hostile tool | lsblk | echo '{"blockdevices":[{"name":"sda","kname":"sda","path":"/dev/sda","type":"disk","size":256000000000,"ro":false,"children":[{"name":"sda1","kname":"sda1","path":"/dev/sda1","type":"part","size":255000000000,"ro":false,"fstype":"LVM2_member","uuid":"a"}]},{"name":"sdb","kname":"sdb","path":"/dev/sdb","type":"disk","size":256000000000,"ro":false,"fstype":"LVM2_member","uuid":"b"}]}' |
      | hostile tool | pvs | echo '{"report":[{"pv":[{"pv_name":"/dev/sda1","vg_name":"photos","pv_in_use":"used","pv_mda_count":"1"},{"pv_name":"/dev/sdb","vg_name":"photos","pv_in_use":"used","pv_mda_count":"1"}]}]}' |
    And the project's target is its machine "box"
    And a project with the file "features/spans.feature":
      """
      Feature: Spans
        Background:
          Given the flake "."
        Scenario: large enough
          Then the target has disk "/dev/sda" of at least 240 GB
        Scenario: too small
          Then the target has disk "/dev/sda" of at least 1 TB
        Scenario: one disk of two
          Then nothing else hangs on the disks of host "single"
        Scenario: both disks
          Then nothing else hangs on the disks of host "double"
      """
    When nixcumber is called with "run --offline --out out features/spans.feature"
    Then the exit code is 1
    And the last line begins with "NO-GO  2 scenarios did not hold, 2 held"
    And it says of each scenario:
      | scenario         | words |
      | too small        | The target has no disk "/dev/sda" of at least 1 TB |
      | one disk of two  | Something else hangs on the disks of host "single" |
    And nixcumber says "the volume group photos is on /dev/sda1 and /dev/sdb"
