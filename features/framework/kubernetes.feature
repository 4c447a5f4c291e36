Feature: What of Kubernetes cannot be had offline is said before anything boots
  Its hosts are evaluated, with the options of NixOS; a cluster that is not there is never taken for one.

  Scenario: The words of each refusal
    Given the suite "kubernetes"
    When nixcumber is called with "run --offline --out out"
    Then the exit code is 3
    And it says of each scenario:
      | scenario                                   | words |
      | k3s                                        | host "k3s" could not be built |
      | rke2                                       | host "rke2" could not be built |
      | flannel                                    | services.kubernetes.flannel.enable: the offline look-alike has no flannel |
      | an image of a program that needs libraries | host "image" could not be built |
      | Kubernetes itself                          | Host "worker" cannot be booted offline: the look-alike has options of kubernetes and not its programs |
    And nixcumber says "k3s: the offline nixpkgs cannot build it: Debian has neither a package nor the source of it"
    And nixcumber says "rke2: the offline nixpkgs cannot build it: Debian has neither a package nor the source of it"
    And nixcumber says "image curl: the offline look-alike cannot put programs of Debian into an image"
