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
    Then these file systems are mounted:
      | mount point | type  | options |
      | /           | tmpfs |         |
      | /persist    | ext4  | noexec  |
      | /srv        | ext4  | noatime |
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

  Scenario: A user's service that installs by Nix has done so, as home-manager's does
    Then service "home-manager-ada" has "Result" set to "success"
    And the command "/home/ada/.nix-profile/bin/household-tree --version" succeeds
    And the command "nix-store --query --requisites /run/current-system" succeeds
    And the command "nix-store --verify" succeeds

  Scenario: Cleaning the store takes what is not needed, and nothing that runs
    When I run:
      """
      set -e
      nix-store --add /etc/hostname > /persist/needless
      echo kept > /tmp/wanted
      nix-env --profile /nix/var/nix/profiles/kept --set "$(nix-store --add /tmp/wanted)"
      systemctl start nix-gc
      """
    Then it succeeds
    And the command "test -e $(cat /persist/needless)" fails
    And the command "ls -d $(nix-store --query --requisites /run/current-system)" succeeds
    And the command "/home/ada/.nix-profile/bin/household-tree --version" succeeds
    And the command "/run/current-system/bin/switch-to-configuration test" succeeds
    When machine "together" reboots
    Then the system is running
    And the command "cat /nix/var/nix/profiles/kept" prints "kept"
    And the command "nix-store --query --hash /nix/var/nix/profiles/kept" succeeds
    And service "home-manager-ada" has "Result" set to "success"
