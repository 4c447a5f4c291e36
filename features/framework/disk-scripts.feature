@vm
Feature: The look-alike of disko lays out disks
  The scripts are the look-alike's; the programs, the kernel and the disks are real.

  Scenario: Partitions, LUKS, btrfs, an array and volumes on empty disks, and what is lost with a disk
    Given the suite "disks"
    When nixcumber is called with "run --offline --out out"
    Then the exit code is 1
    And it says of each scenario:
      | scenario                     | words |
      | what was not made is mounted | "/etc/layouts/volumes/mount" on rescue did not succeed |
    And nixcumber says "✓ partitions, file systems and hooks"
    And nixcumber says "✓ LUKS, subvolumes and a swap file"
    And nixcumber says "✓ an array over two disks"
    And nixcumber says "✓ volumes, made in their order"
    And nixcumber says "✓ a group that spans a disk which the layout does not name goes as a whole, and takes nothing else along"
    And nixcumber says "✓ a disk that the layout names and the machine lacks"
