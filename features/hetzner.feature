Feature: A small Hetzner server
  It is reachable by ssh on port 2222, serves a status page through nginx, and lets nobody in by password.

  Background:
    Given the flake "fixtures/flakes/server"
    And machine "fsn1" is running

  Scenario: Everything that should run does
    Then the system is running
    And these services are active:
      | sshd   |
      | nginx  |
      | status |
    And service "status" has "Restart" set to "always"

  Scenario: The status page goes through nginx
    Then "http://localhost/" answers with "all is well"
    And "http://localhost/old" answers 301
    And tcp port 8080 is listening on address "127.0.0.1"
    And tcp port 80 is reachable

  Scenario: A restart of the little service is survived
    When service "status" is stopped
    Then service "status" is inactive
    And "http://localhost/" answers 502
    When service "status" is started
    Then "http://localhost/" answers with "all is well"

  Scenario: ssh is where it was put
    Then tcp port 2222 is listening
    And tcp port 22 is not listening
    And file "/etc/ssh/sshd_config" contains "PasswordAuthentication no"

  Scenario: Asked over ssh it says the same
    Given commands run over ssh
    Then service "status" is active
    And the command "id -u" prints "0"

  Scenario: The deployer is an administrator
    Then user "deploy" is in group "wheel"
    When I run "sudo --non-interactive -u deploy sudo --non-interactive id -u"
    Then it succeeds
    And it prints "0"

  Scenario: It comes back after a reboot
    When machine "fsn1" reboots
    Then the system is running
    And service "nginx" is active
