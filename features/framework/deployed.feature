@vm
Feature: A judged system on its target
  What was judged is brought onto a NixOS that runs, and stays there only where its features hold there, too. The target goes back by itself.

  Background:
    Given a NixOS target that runs host "web" of the suite "deployed", in which "first" is now "second"

  Scenario: It holds there, and stays
    When host "web" is brought to the target with "--then switch --yes web --rollback-after 60s"
    Then the exit code is 0
    And nixcumber says "REHEARSAL, with offline inputs  switch web on root@"
    And nixcumber says "1 scenario not asked live"
    And nixcumber says "NOTHING NEW"
    And nixcumber says "HOLDS THERE  web runs /nix/store/"
    And the file "/etc/edition" of the target comes to contain "second"

  Scenario: It holds in its machine, and not there
    Given the target has the file "/srv/full"
    When host "web" is brought to the target with "--then switch --yes web --rollback-after 60s"
    Then the exit code is 1
    And nixcumber says "file /srv/full on web still existed"
    And nixcumber says "ROLLED BACK  web runs /nix/store/"
    And the file "/etc/edition" of the target comes to contain "first"

  Scenario: Its runner is killed before it is known
    When host "web" is brought to the target with "--then switch --yes web --rollback-after 20s" and killed when it says "· features: "
    Then the file "/etc/edition" of the target comes to contain "first"

  Scenario: Another host answers
    When host "web" is brought to a target of another key with "--then switch --yes web"
    Then the exit code is 3
    And nixcumber says "is not the expected one: another host may be answering"
    And nixcumber does not say "building the system"
    And the file "/etc/edition" of the target comes to contain "first"
