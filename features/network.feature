Feature: Two machines of the homelab that need each other
  web1 asks db1. Both are on one private network; whatever happens to it, each stays reachable from the runner.

  Background:
    Given the flake "fixtures/flakes/homelab"
    And machines "web1, db1" are on a network

  Scenario: They know each other by name, and the firewall decides what is let through
    Then "web1" reaches "db1"
    And "db1" reaches "web1"
    And tcp port 6379 of "db1" is reachable from "web1"
    And tcp port 80 of "web1" is not reachable from "db1"
    And the command "redis-cli -h db1 ping" prints "PONG" on "web1"

  Scenario: A link that goes down and comes up
    When the link between "web1" and "db1" goes down
    Then "web1" does not reach "db1"
    And tcp port 6379 of "db1" is not reachable from "web1"
    And tcp port 6379 is reachable on "db1"
    When the link between "web1" and "db1" comes up
    Then "web1" reaches "db1"

  Scenario: A slow link
    When the link between "web1" and "db1" has a latency of 150 milliseconds
    Then the round trip from "web1" to "db1" takes at least 300 milliseconds
    And tcp port 6379 of "db1" is reachable from "web1"

  Scenario: A link that loses packets is slower, and still a link
    When the link between "web1" and "db1" loses 30 % of its packets
    Then "web1" reaches "db1" within 1 minute
    And tcp port 6379 of "db1" is reachable from "web1" within 1 minute

  Scenario: A machine that is cut off
    When machine "db1" is cut off
    Then "web1" does not reach "db1"
    And the system is running on "db1"
    When machine "db1" is connected again
    Then "web1" reaches "db1"

  Scenario: A machine that reboots is on the network again
    When machine "db1" reboots
    Then "web1" reaches "db1"
    And the round trip from "web1" to "db1" takes at most 1 second
