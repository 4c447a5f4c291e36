Feature: What a host's disks are to become
  Asked of the configuration alone, before any disk is touched.

  Background:
    Given the flake "fixtures/suites/layout"

  Scenario: Only the disk that is meant is wiped
    Then the layout of host "t14" wipes these disks and no other:
      | disk | device                   |
      | main | /dev/disk/by-id/nvme-T14 |

  Scenario: Everything but the boot partition is encrypted
    Then the layout of host "t14" is:
      | disk   | partition | size | file system | mount point | encrypted |
      | main   | ESP       | 512M | vfat        | /boot       | no        |
      | main   | root      | 100% | btrfs       | /           | yes       |
      | main   | root      | 100% | btrfs       | /nix        | yes       |
      | photos |           |      | ext4        | /srv/photos | no        |

  Scenario: Either disk of a mirror may die
    Then the layout of host "mirror" is:
      | disk  | partition | file system | mount point | encrypted |
      | one   | boot      |             |             | no        |
      | one   | raid      | array raid1 |             | no        |
      | two   | boot      |             |             | no        |
      | two   | raid      | array raid1 |             | no        |
      | raid1 |           | group pool  |             | yes       |
      | pool  | root      | ext4        | /           | yes       |
      | pool  | swap      | swap        |             | yes       |
