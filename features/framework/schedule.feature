@vm
Feature: Every night
  A machine that judges live hosts on a schedule, by the NixOS module: with real hardening, credentials, timer and history. The host
  it judges is itself, over ssh.

  Background:
    Given the flake "fixtures/flakes/nightly"
    And machine "watch" is running

  @memory:2GiB
  Scenario: What was good is not new, what is new is told
    Given this nixcumber is put into "/opt/nixcumber"
    When I run:
      """
      set -e
      install -d -m 700 /var/lib/secrets
      ssh-keygen -q -t ed25519 -N '' -f /var/lib/secrets/key
      install -D -o judge -m 600 /var/lib/secrets/key.pub /home/judge/.ssh/authorized_keys
      chown judge /home/judge/.ssh
      ssh-keyscan localhost > /var/lib/secrets/known_hosts
      chmod 711 /var/lib/secrets
      touch /var/lib/secrets/env
      """
    And it succeeds
    Then the command "systemctl list-timers --all nixcumber-homelab.timer" prints "nixcumber-homelab.service"

    When I run "systemctl start nixcumber-homelab.service"
    Then it succeeds
    And the journal of "nixcumber-homelab" contains "GO  watch: 1 scenario held"

    When I run "touch /etc/motto"
    And I run "systemctl start nixcumber-homelab.service"
    Then it fails
    And the journal of "nixcumber-homelab" contains "NO-GO  watch: 1 scenario did not hold"
    And service "nixcumber-homelab" is failed
    And the command "grep -c 'motto' /var/lib/nixcumber/homelab/new.md" succeeds
