Feature: The network as the host has it
  A machine's cards have the names and addresses that its host expects, and the gateways that it names answer.

  Background:
    Given the flake "fixtures/flakes/networks"

  Scenario: A server with fixed addresses, set up by scripts
    Given machine "dedicated" is running
    Then the system is running
    And service "network-addresses-enp1s0" is active
    And service "network-setup" is active
    And the command "ip -oneline address show dev enp1s0" prints "203.0.113.10/26"
    And the command "ping -c 1 203.0.113.1" succeeds
    And the command "ping -c 1 fe80::1%enp1s0" succeeds
    And tcp port 2222 is reachable

  Scenario: It is asked over ssh at its own address
    Given machine "dedicated" is running
    And commands run over ssh
    Then the command "echo $SSH_CONNECTION" prints "203.0.113.10 2222"

  Scenario: A server in a cloud, whose card is known by its address and whose gateway lies outside of its network
    Given machine "cloud" is running
    Then the system is running
    And the command "ip -oneline address show dev eth0" prints "203.0.113.77/32"
    And the command "ip -oneline address show dev enp7s0" prints "10.0.0.2/32"
    And the command "systemctl start network-online.target" succeeds
    And the command "ping -c 1 172.31.1.1" succeeds
    And the command "ping -c 1 fe80::1%eth0" succeeds
    And the command "ping -c 1 10.0.0.1" succeeds
    And tcp port 22 is reachable

  Scenario: Cards that are known by where they are plugged in, and by their driver
    Given machine "placed" is running
    Then the system is running
    And the command "systemctl start network-online.target" succeeds
    And the command "ip -oneline address show dev eth0" prints "203.0.113.5/24"
    And the command "ip -oneline address show dev enp2s0" prints "10.0.7.5/24"
    And the command "ping -c 1 203.0.113.1" succeeds
