Feature: A host that says otherwise than a virtual machine would
  Whatever nixos-shell and NixOS's own virtual machine set, this host sets to something else; and its root is in memory.

  Background:
    Given the flake "fixtures/flakes/contrary"
    And machine "together" is running

  Scenario: It boots, with its own logins, clock and firewall
    Then the system is running
    And service "systemd-timesyncd" is active
    And the command "grep -o '^root:[^:]*' /etc/shadow" prints "root:$6$salt$hash"
    And the command "systemctl cat getty@tty1" prints "--autologin simon"

  Scenario: Its further file systems are there, with its options
    Then the command "findmnt -no FSTYPE /" prints "tmpfs"
    And the command "findmnt -no FSTYPE,OPTIONS /persist" prints "noexec"
    And the command "findmnt -no FSTYPE,OPTIONS /srv" prints "noatime"
    And the command "findmnt /mnt/nas" fails

  Scenario: The store can be written to, as Nix does it
    When I run "unshare -m sh -c 'mount -o remount,rw,bind /nix/store && echo added > /nix/store/added'"
    Then it succeeds
    And the command "cat /nix/store/added" prints "added"

  Scenario: The next scenario has a store as it was
    Then file "/nix/store/added" does not exist

  Scenario: What is not persisted is gone after a reboot, and nothing else
    When I run:
      """
      mkdir /persist/ledger /var/lib/ledger && mount /var/lib/ledger
      echo lost > /var/lib/lost
      echo kept > /var/lib/ledger/kept
      unshare -m sh -c 'mount -o remount,rw,bind /nix/store && echo kept > /nix/store/kept'
      """
    Then it succeeds
    When machine "together" reboots
    Then file "/var/lib/lost" does not exist
    And file "/persist/ledger/kept" contains "kept"
    And file "/nix/store/kept" contains "kept"
