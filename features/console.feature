Feature: The console and the screen
  What somebody sees and does who sits in front of the machine.

  Background:
    Given the flake "fixtures/flakes/server"
    And machine "fsn1" is running

  Scenario: What is typed at the console is carried out there
    # Whoever types before the prompt is there types into whatever is being started.
    Given the console shows "[root@fsn1"
    When I type "echo $((6 * 7)) is the answer" at the console
    And I press "enter" at the console
    Then the console shows "42 is the answer"

  Scenario: A picture for the report
    When I take a screenshot
    Then the screen does not show "Kernel panic"

  Scenario: A menu that is drawn is read as it is seen
    Given the console shows "[root@fsn1"
    When I type "printf '\033[2J\033[4;3H%s two\033[3;3H%s one\033[9;1H' Generation Generation" at the console
    And I press "enter" at the console
    Then the console shows a line matching "^  Generation one$"
    And the console shows a line matching "^  Generation two$"
