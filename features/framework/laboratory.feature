Feature: A verdict on hosts with a real systemd
  Each host boots in about a second without a VM, broken on purpose, and is judged through the real command line.

  Background:
    Given a project with the file "features/box.feature":
      """
      Feature: Box
        Background:
          Given machine "box" is running
        Scenario: the system
          Then the system is running within 2 seconds
        Scenario: the unit
          Then no unit has failed within 2 seconds
        Scenario: the user
          Then user "simon" is in group "wheel" within 2 seconds
        Scenario: the text
          Then file "/etc/motd" contains "welcome" within 2 seconds
      """

  Scenario: All is well
    Given a lab host "box" with:
      | group   | wheel     |                     |
      | user    | simon     | wheel               |
      | file    | /etc/motd | welcome to the box  |
      | service | runner    | /bin/sleep infinity |
    When nixcumber is called with "run --out out"
    Then the exit code is 0
    And the last line begins with "GO  box: 4 scenarios held"

  Scenario: A unit has failed, a user and a text are not there
    Given a lab host "box" with:
      | service | quitter   | /bin/false |
      | file    | /etc/motd | farewell   |
    When nixcumber is called with "run --out out"
    Then the exit code is 1
    And the scenarios end as follows:
      | scenario   | end     |
      | the system | failure |
      | the unit   | failure |
      | the user   | failure |
      | the text   | failure |
    And nixcumber says "1 unit failed (quitter.service)"

  Scenario: What cannot be seen is neither there nor not there
    Given a lab host "box" with:
      | group   | wheel     |         |
      | user    | simon     | wheel   |
      | file    | /etc/motd | welcome |
      | without | systemctl |         |
    When nixcumber is called with "run --out out"
    Then the exit code is 3
    And the scenarios end as follows:
      | scenario   | end   |
      | the system | error |
      | the unit   | error |
    And nixcumber says "systemctl"
