Feature: Each scenario has the machine as it was ready
  Scenarios that try to leak: what each leaves behind, the next one looks for. In a file of its own they would be in another order;
  here the order is the point.

  Background:
    Given the flake "fixtures/flakes/server"
    And machine "fsn1" is running

  Scenario: One leaves files, a user and a stopped service
    When I run:
      """
      touch /etc/leaked /root/leaked /dev/shm/leaked
      useradd leaked
      """
    And service "status" is stopped
    Then file "/etc/leaked" exists
    And user "leaked" exists
    And service "status" is inactive

  Scenario: The next finds none of them
    Then file "/etc/leaked" does not exist now
    And file "/root/leaked" does not exist now
    And file "/dev/shm/leaked" does not exist now
    And user "leaked" does not exist now
    And service "status" is active now

  Scenario: One leaves what is in memory only: a kernel setting, a process, a mount
    When I run:
      """
      sysctl -qw kernel.hostname=leaked vm.swappiness=7
      mount -t tmpfs leaked /mnt
      systemd-run --quiet --unit leaked sleep 1000
      """
    Then the command "sysctl -n vm.swappiness" prints "7"
    And the command "mountpoint /mnt" succeeds
    And service "leaked" is active

  Scenario: The next finds none of that either
    Then the command "hostname" prints "fsn1"
    And the command "sysctl -n vm.swappiness" does not print "7"
    And the command "mountpoint /mnt" fails
    And service "leaked" does not exist now

  Scenario: One leaves another time
    When I run "date -s '2031-01-01 12:00'"
    Then the command "date +%Y" prints "2031"

  Scenario: The next one's clock is right
    Then the clock is right

  Scenario: One leaves a machine that is off
    When machine "fsn1" crashes
    Then machine "fsn1" is off

  Scenario: The next finds it running, in the boot it had before
    Then the system is running
    And the command "hostname" prints "fsn1"
