Feature: When something goes wrong
  What is done to a machine on purpose, and what is expected of it then. A small server stands for all machines.

  Background:
    Given the flake "fixtures/flakes/server"
    And machine "fsn1" is running

  Scenario: A service that is killed is started again
    When service "status" is killed
    Then service "status" is active again
    And "http://localhost/" answers with "all is well"

  Scenario: A full disk stops nobody who only reads
    When the disk of "/" is full
    And I run "dd if=/dev/zero of=/var/tmp/more bs=4096 count=1"
    Then it fails
    And it prints "No space left on device" to standard error
    And "http://localhost/" answers with "all is well"
    When the disk of "/" has room again
    And I run "dd if=/dev/zero of=/var/tmp/more bs=4096 count=1"
    Then it succeeds

  Scenario: Who wants too much memory is killed, and nobody else
    When only 150 MiB of memory are left
    And I run "dd if=/dev/zero of=/dev/null bs=400M count=1"
    Then it exits with 137
    And the console shows "Out of memory: Killed process"
    And service "nginx" is active
    When the memory is free again
    Then "http://localhost/" answers with "all is well"

  Scenario: The clock jumps, and nobody minds
    When I run "date +%s >/run/before"
    And the clock jumps forward by 1 day
    Then the command "test $(($(date +%s) - $(cat /run/before))) -ge 86400" succeeds
    When the clock jumps back by 1 day 2 hours
    Then the command "test $(($(cat /run/before) - $(date +%s))) -ge 7000" succeeds
    And service "nginx" stays active for 2 seconds

  Scenario: The cable is pulled and put back
    Then tcp port 80 is reachable
    When the network link goes down
    Then tcp port 80 is not reachable
    And the command "cat /sys/class/net/eth0/carrier" prints "0"
    And service "nginx" is active
    When the network link comes up
    Then tcp port 80 is reachable

  Scenario: A panic ends in a new boot where the kernel was told so
    Given machine "fsn1" is running
    When I run "sysctl -w kernel.panic=1"
    And the kernel panics
    Then machine "fsn1" comes back within 5 minutes
    And the system is running

  Scenario: A panic is the end where it was not, and the power switch helps
    Then service "nginx" is active
    When the kernel panics
    Then machine "fsn1" has panicked
    And the console shows "sysrq triggered crash"
    When machine "fsn1" loses power
    Then machine "fsn1" is off
    When machine "fsn1" boots
    Then machine "fsn1" is running
    And service "nginx" is active again
