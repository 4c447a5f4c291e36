Feature: Scenarios that build on each other
  The first prepares the machine; the others begin where it ended, whatever those before them did.

  Background:
    Given the flake "fixtures/flakes/server"
    And machine "fsn1" is running

  @milestone
  Scenario: The shop is installed
    When I run "touch /srv/shop"
    And service "status" is stopped
    Then file "/srv/shop" exists

  Scenario: A customer breaks it
    Then file "/srv/shop" exists now
    When I run "rm /srv/shop"
    And service "status" is started
    Then file "/srv/shop" does not exist

  Scenario: The next customer finds it as it was installed
    Then file "/srv/shop" exists now
    And service "status" is inactive

  @shared
  Scenario: One opens the shop
    When service "status" is started
    Then service "status" is active

  @shared
  Scenario: And the next, who shares the machine, finds it open
    Then service "status" is active now
    And file "/srv/shop" exists now
