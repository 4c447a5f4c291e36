@vm
Feature: Every promise about a network has a failing twin
  Two machines, and a network that is broken between them. Each sentence must say what it saw and what was done to the link.

  Scenario: The words of each failure
    Given the suite "network"
    When nixcumber is called with "run --offline --out out --machine live=ssh://root@192.0.2.1 --allow live=changes"
    Then the exit code is 1
    And it says of each scenario:
      | scenario                                | words |
      | a machine alone                         | "web1" would be alone on the network |
      | a machine that is mistyped              | There is no host "bd1" in |
      | a live host                             | "live" is a live host and has its own network: it is not put on ours |
      | a link without a network                | No machine is on a network |
      | a link to a machine that is mistyped    | Machine "bd1" is not on the network |
      | the link is down                        | the way from web1 to db1 was closed within 5 s |
      | the other machine is cut off            | the way from web1 to db1 was closed within 5 s |
      | the way is open                         | the way from web1 to db1 was not closed |
      | the link is fast                        | the round trip from web1 to db1 did not take at least 1 s |
      | the link is slow                        | the round trip from web1 to db1 did not take at most 100 ms |
      | a port that the firewall keeps closed   | tcp port 8080 of db1 from web1 was not reachable within 5 s |
      | a link that loses everything            | the way from web1 to db1 was closed within 5 s |
    And nixcumber says "; the link is down"
    And nixcumber says "; db1 is cut off"
    And nixcumber says "; the link has a latency of 400 ms"
    And nixcumber says "; the link loses 100 %"
    And nixcumber says:
      """
      Did you mean db1
      """
    And nixcumber says "no answer: a firewall drops, or the packets do not get there"
    And the file "out/run.json" of the project contains "NIXCUMBER_SEED="
