@vm
Feature: A host as it would be installed
  Its very system and disk script, driven onto virtual disks by a machine of its own nixpkgs, and started from them by firmware.

  Scenario: By BIOS and by UEFI, and again without installing
    Given the suite "installation"
    When nixcumber is called with "run --offline --out out features/server.feature features/laptop.feature"
    Then the exit code is 1
    And nixcumber says "✓ It runs as it was built"
    And nixcumber says "✓ It is as it was"
    And it says of each scenario:
      | scenario                      | words |
      | what is not so                | the firmware on laptop had not booted by BIOS |
      | a partition of another size   | this partition on laptop was not as in the table |
      | a boot loader of another host | the boot loader on laptop did not start the system of the host |
      | a kernel that is not whole    | the boot loader on laptop did not start the system of the host |
    And nixcumber says "size 256 MiB (268435456 bytes) instead of 512M"
    And nixcumber says "is not the kernel of the host, byte for byte"
    And the file "out/run.json" of the project contains "installed"
    When nixcumber is called with "run --offline --out again features/laptop.feature:3"
    Then the exit code is 0
    And nixcumber says 'Machine "laptop" goes on where it was ready'

  Scenario: What cannot be installed is told before anything boots
    Given the suite "installation"
    When nixcumber is called with "run --offline --out out features/not-installed.feature"
    Then the exit code is 2
    And nixcumber says 'Host "odd" cannot be installed on virtual disks: /dev/mmcblk0 is not emulated'
    And nixcumber says "Where odd is installed networking.interfaces.enp7s0 is one card with DHCP (enp7s0, 192.0.2.10/24)"
    And nixcumber says 'Host "named" cannot be installed on virtual disks: it waits for /dev/disk/by-id/ata-ST2000_Z2-part1'
    And nixcumber says 'The disks of host "silent" cannot be unlocked where it is installed on virtual ones'
    And nixcumber says "it asks at its screen"
    And nixcumber says 'a key that lies on a device, /dev/disk/by-id/usb-key'
    And nixcumber says 'Host "plain" cannot be installed: it has no layout of disks'
    And nixcumber says "Did you mean  server"
    And nixcumber does not say "laying out"
    When nixcumber is called with "run --offline --machine laptop=ssh://root@192.0.2.1 features/laptop.feature:3"
    Then the exit code is 2
    And nixcumber says 'Machine "laptop" is there already, at ssh://root@192.0.2.1: it is not installed'
