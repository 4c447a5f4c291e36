@vm
Feature: A judged system on its target
  What was judged is brought onto a NixOS that runs, and stays there only where its features hold there, too. The target goes back by itself.

  Background:
    Given a NixOS target that runs host "web" of the suite "deployed", in which "first" is now "second"

  Scenario: Another host answers
    When host "web" is brought to a target of another key with "--then switch --yes web"
    Then the exit code is 3
    And nixcumber says "is not the expected one: another host may be answering"
    And nixcumber does not say "building the system"
    And the file "/etc/edition" of the target comes to contain "first"
