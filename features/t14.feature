Feature: The laptop t14
  A laptop that is also the homelab's build machine. Its flake is dendritic; nothing of it is written to.
  Everything here is what its owner must be able to rely on after the disk has been wiped.

  Background:
    Given the flake "fixtures/flakes/laptop"

  Rule: The configuration says what it should, before anything is built

    Scenario: The flake evaluates
      Then the flake evaluates
      And host "t14" evaluates

    Scenario: Twelve cores for the homelab
      Then option "nix.settings.cores" of host "t14" is "12"

    Scenario: What is set, in one look
      Then these options of host "t14" hold:
        | option                                          | value         |
        | networking.hostName                             | t14           |
        | services.openssh.enable                         | true          |
        | services.openssh.settings.PasswordAuthentication | false         |
        | users.users.simon.uid                           | 1000          |
        | networking.firewall.allowedTCPPorts             | [22,80]       |
        | time.timeZone                                   | Europe/Berlin |

  Rule: The machine is what the configuration says

    Background:
      Given machine "t14" is running

    Scenario: It comes up whole
      Then the system is running
      And no unit has failed
      And file "/etc/hostname" contains "t14"
      And file system "/" is not encrypted
      And the machine has booted by BIOS

    Scenario: It is NixOS, booted from its own generation
      Then the running system is host "t14"
      And file "/run/booted-system/sw/bin" is a directory
      And the command "nixos-version" succeeds
      And no reboot is needed
      And the time zone is "Europe/Berlin"

    Scenario: Simon can work
      Then user "simon" exists
      And user "simon" is in group "wheel"
      And user "simon" has shell "/run/current-system/sw/bin/bash"
      And group "homelab" has member "simon"
      And the command "git --version" prints "git version"

    Scenario: All people of this machine
      Then these users exist:
        | user  | uid  | groups         | shell                           | home        |
        | simon | 1000 | wheel, homelab | /run/current-system/sw/bin/bash | /home/simon |
        | root  | 0    | root           | /run/current-system/sw/bin/bash | /root       |
      And user "guest" does not exist

    Scenario: The way in is sshd, and only with a key
      Then service "sshd" is active
      And tcp port 22 is listening
      And file "/etc/ssh/sshd_config" contains "PasswordAuthentication no"

    Scenario: The page is served
      Then service "nginx" is active
      And service "nginx" stays active for 2 seconds
      And "http://localhost/" answers 200
      And "http://localhost/" answers with "Welcome to t14"
      And tcp port 80 is reachable

    Scenario: The homelab's nightly report
      When I run "systemctl start homelab-report.service"
      Then it succeeds
      And file "/run/homelab-report" exists
      And file "/srv/homelab" has mode "0750"
      And file "/srv/homelab" has owner "simon"
      And file "/srv/homelab" has group "homelab"

    Scenario: Secrets are kept
      Then file "/etc/shadow" has mode "0640"
      And file "/etc/shadow" has owner "root"

    Scenario: Asked over ssh it says the same
      Given commands run over ssh
      Then the system is running
      And service "nginx" is active
      And user "simon" is in group "wheel"
      And "http://localhost/" answers with "Welcome to t14"
      And the command "id --user --name" prints "root"
