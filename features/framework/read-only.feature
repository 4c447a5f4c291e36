Feature: Live hosts are only looked at
  Whoever points a suite at a running host must be sure that it is left as it is. What the features will do is known before anything is
  connected to or booted: one step that would do more is enough to refuse the run.

  Background:
    Given a project with the file "nixcumber.config.json":
      """
      { "machines": { "web1": "ssh://root@127.0.0.1:1", "web2": "ssh://root@127.0.0.1:1", "cd": "image:nowhere" }, "mayChange": ["web2"] }
      """

  Scenario: A step that would do more refuses the run before it starts
    Given a project with the file "features/web.feature":
      """
      Feature: Web
        Scenario: looks
          Given machine "web1" is running
          Then service "nginx" is active
        Scenario: acts
          Given machine "web1" is running
          When service "nginx" is stopped
          Then service "nginx" is inactive
      """
    When nixcumber is called with "run"
    Then the exit code is 2
    And nixcumber says:
      """
      1 step would do more than look at a live host: nothing was started

        features/web.feature:7  When service "nginx" is stopped
          changes web1

        Expected   steps that only look: live hosts are read-only until told otherwise
        Next       if it may do so: nixcumber run --allow web1=changes
                   or in nixcumber.config: machines: { web1: { …, allow: ['changes'] } }
      """
    And nixcumber does not say "connecting to"
    And the project has no folder ".nixcumber"

  Scenario: The same where it is allowed goes on to the host
    Given a project with the file "features/web.feature":
      """
      Feature: Web
        Scenario: acts
          Given machine "web2" is running
          When service "nginx" is stopped
          Then service "nginx" is inactive
      """
    When nixcumber is called with "run"
    Then the exit code is 3
    And nixcumber says "No ssh connection to root@127.0.0.1:1"

  Scenario: A dry run says it too
    Given a project with the file "features/web.feature":
      """
      Feature: Web
        Scenario: acts
          Given machine "web1" is running
          When I run "reboot"
          Then it succeeds
      """
    When nixcumber is called with "run --dry-run"
    Then the exit code is 2
    And nixcumber says 'features/web.feature:4  When I run "reboot"'
    And nixcumber says "restarts web1"

  Scenario Outline: What is run decides: <step>
    Given a project with the file "features/web.feature":
      """
      Feature: Web
        Background:
          Given machine "web1" is running
        Scenario: runs something
          <step>
          Then the system is running
      """
    When nixcumber is called with "run --dry-run"
    Then the exit code is <code>

    Examples:
      | step                                                          | code |
      | When I run "systemctl status nginx"                           | 0    |
      | When I run "systemctl restart nginx"                          | 2    |
      | When I run "./nobody-knows.sh"                                | 2    |
      | When I run the read-only command "./nobody-knows.sh"          | 2    |
      | When I run the read-only command "ip -j addr"                 | 0    |
      | When I run the read-only command "rm /etc/motd"               | 2    |
      | Then the command "./nobody-knows.sh" succeeds                 | 2    |
      | Then the command "findmnt /nix" succeeds                      | 0    |
      | Then the command "curl -X DELETE localhost" succeeds          | 2    |
      | Then the command "ip l s eth0 down" succeeds                  | 2    |
      | Then the command "PAGER=x git log" succeeds                   | 2    |
      | Then the command "cat /etc/hosts \| sudo tee /etc/x" succeeds | 2    |
      | Then the command "echo a > /etc/motd" succeeds now            | 2    |

  Scenario: A command is refused with the word that is not known to look
    Given a project with the file "features/web.feature":
      """
      Feature: Web
        Scenario: asks
          Given machine "web1" is running
          Then the command "mytool status" succeeds
          And the command "git -C /etc/nixos log --output=/etc/x" succeeds
      """
    When nixcumber is called with "run --dry-run"
    Then the exit code is 2
    And nixcumber says:
      """
      2 steps would do more than look at a live host: nothing was started

        features/web.feature:4  Then the command "mytool status" succeeds
          changes web1: "mytool" is not known to only look
        features/web.feature:5  And the command "git -C /etc/nixos log --output=/etc/x" succeeds
          changes web1: "--output=/etc/x" of "git log" is not known to only look
      """
    And nixcumber says "a command that only looks is written in words that are known to: docs/live-hosts.md"

  Scenario: Outlines, backgrounds and several machines are told step by step
    Given a project with the file "features/web.feature":
      """
      Feature: Web
        Background:
          Given machine "web1" is running
          And machine "web2" is running
          And machine "cd" is running
          When service "first" is stopped on "web1"
        Scenario Outline: stops <what>
          When service "<what>" is stopped on "<where>"
          Then service "<what>" is inactive on "<where>"
          Examples:
            | what | where |
            | a    | web1  |
            | b    | web2  |
            | c    | cd    |
        Scenario: runs a text
          When I run on "web1":
            ```
            touch /etc/x
            ```
          Then it succeeds
      """
    When nixcumber is called with "run --dry-run"
    Then the exit code is 2
    And nixcumber says "3 steps would do more"
    And nixcumber says 'features/web.feature:6  When service "first" is stopped on "web1"'
    And nixcumber says 'features/web.feature:8  When service "a" is stopped on "web1"'
    And nixcumber says 'features/web.feature:16  When I run on "web1": touch /etc/x'

  Scenario: A step of one's own counts as a change until it says what it does
    Given a project with the file "features/steps/web.ts":
      """
      import { Given, reads, Then, When } from 'nixcumber'
      When('the cache is emptied', () => {})
      Given('the cache is known', reads(() => {}))
      Then('the cache is empty', () => {})
      """
    And a project with the file "features/web.feature":
      """
      Feature: Web
        Scenario: one
          Given machine "web1" is running
          And the cache is known
          When the cache is emptied
          Then the cache is empty
      """
    When nixcumber is called with "run"
    Then the exit code is 2
    And nixcumber says "1 step would do more"
    And nixcumber says "features/web.feature:5  When the cache is emptied"
    And nixcumber says "changes web1, as it does not say that it only looks"
    And nixcumber says "at features/steps/web.ts:2"

  Scenario: A role is refused for each host that has it, and for no other
    Given a project with the file "nixcumber.config.json":
      """
      { "machines": {
        "web1": { "address": "ssh://root@127.0.0.1:1", "roles": ["web"] },
        "web2": { "address": "ssh://root@127.0.0.1:1", "roles": ["web"], "allow": ["changes"] },
        "web3": { "address": "ssh://root@127.0.0.1:1", "roles": ["web"] },
        "db1": { "address": "ssh://root@127.0.0.1:1" }
      } }
      """
    And a project with the file "features/web.feature":
      """
      @role:web
      Feature: Web
        Scenario: acts
          When service "nginx" is stopped
          Then service "nginx" is inactive
      """
    When nixcumber is called with "run"
    Then the exit code is 2
    And nixcumber says:
      """
      features/web.feature:4  When service "nginx" is stopped
        changes web1, web3
      """
    And nixcumber says "nixcumber run --allow web1=changes --allow web3=changes"
    When nixcumber is called with "run --allow changes"
    Then the exit code is 3
    And nixcumber says "! acts @ web3"
