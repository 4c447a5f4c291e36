@vm
Feature: Every promise has a failing twin
  One machine, broken on purpose. Each sentence is asked of it where it does not hold, and must say so in words of its own.

  Scenario: The words of each failure
    Given the suite "twins"
    When nixcumber is called with "run --offline --out out"
    Then the exit code is 1
    And it says of each scenario:
      | scenario                            | words |
      | no unit has failed                  | the system on broken had failed units |
