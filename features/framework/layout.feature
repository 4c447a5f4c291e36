Feature: What a host's disks are to become, before any disk is touched

  Scenario: The words of each failure
    Given the suite "layout"
    When nixcumber is called with "run --offline --out out"
    Then the exit code is 1
    And it says of each scenario:
      | scenario                                          | words |
      | a disk that is wiped and not named                | The layout of host "mirror" does not wipe these disks and no other |
      | a disk that is kept                               | The layout of host "t14" does not wipe these disks and no other |
      | another device behind the name                    | The layout of host "t14" does not wipe these disks and no other |
      | what should be encrypted and is not               | The layout of host "t14" is not that of the table |
      | a partition too few                               | The layout of host "t14" is not that of the table |
      | a host without disko                              | Host "plain" has no layout of disks |
      | a host that has disko and no disks                | Host "empty" has no layout of disks |
      | a layout that the look-alike of disko cannot make | the content "zfs" is needed, and the look-alike of disko has none of it |
      | a host that is mistyped                           | There is no host "t41" in |
    And nixcumber says "Not named  two (/dev/sdb)"
    And nixcumber says "Kept       photos (/dev/disk/by-id/ata-photos): destroy = false"
    And nixcumber says "Not named  main (/dev/disk/by-id/nvme-T14)"
    And nixcumber says "Not wiped  main (/dev/disk/by-id/nvme-other)"
    And nixcumber says "Missing    /boot | yes"
    And nixcumber says "Surplus    /boot | no"
    And nixcumber says "Surplus    photos |"
    And nixcumber says "no option disko.devices: disko's module is not imported"
    And nixcumber says "disko.devices.disk is empty"
    And nixcumber says "Did you mean  t14"
    And nixcumber says "✓ a laptop is laid out as wanted"
    And nixcumber says "✓ what lies on an encrypted array is encrypted"
    And nixcumber says "✓ only the columns that are named are compared"

  Scenario: A table that cannot be meant is refused before anything is evaluated
    Given a project with the file "features/t14.feature":
      """
      Feature: t14
        Scenario: encrypted
          Then the layout of host "t14" is:
            | mount point | encrypted |
            | /           | maybe     |

        Scenario: a column
          Then the layout of host "t14" is:
            | mountpoint |
            | /          |

        Scenario: twice
          Then the layout of host "t14" is:
            | disk | mount point |
            | main | /           |
            | main | /           |

        Scenario: no device
          Then the layout of host "t14" wipes these disks and no other:
            | disk |
            | main |
      """
    When nixcumber is called with "run --offline --dry-run"
    Then the exit code is 2
    And nixcumber says "\"maybe\" in the column \"encrypted\" of the layout is not understood"
    And nixcumber says 'Unknown column "mountpoint" in the table of the layout'
    And nixcumber says '"main | /" stands twice in the table of the layout'
    And nixcumber says 'Disk "main" in the table of disks has no device'
