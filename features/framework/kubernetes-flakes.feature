Feature: Clusters of Kubernetes in a flake
  What their hosts are is told by evaluation; nothing is built for it.

  Scenario: services.kubernetes, by the roles of the hosts
    Given the flake "fixtures/flakes/cluster"
    Then these options of host "control" hold:
      | option                                            | value                               |
      | services.kubernetes.apiserver.enable              | true                                |
      | services.kubernetes.apiserverAddress              | https://192.168.5.10:6443           |
      | services.kubernetes.kubelet.unschedulable         | true                                |
      | services.kubernetes.pki.etcClusterAdminKubeconfig | kubernetes/cluster-admin.kubeconfig |
      | services.etcd.initialCluster                      | ["control=https://etcd.local:2380"] |
      | networking.firewall.allowedTCPPorts               | [6443,10250]                        |
    And these options of host "worker1" hold:
      | option                               | value        |
      | services.kubernetes.apiserver.enable | false        |
      | services.kubernetes.kubelet.enable   | true         |
      | services.kubernetes.kubelet.nodeIp   | 192.168.5.11 |
      | services.kubernetes.proxy.enable     | true         |
      | virtualisation.containerd.enable     | true         |
      | services.etcd.enable                 | false        |

  Scenario: k3s on one host, on several, and without a registry
    Given the flake "fixtures/flakes/k3s"
    Then these options of host "single" hold:
      | option                  | value                                              |
      | services.k3s.role       | server                                             |
      | services.k3s.extraFlags | ["--disable=traefik","--disable=metrics-server"]   |
    And these options of host "server1" hold:
      | option                   | value          |
      | services.k3s.clusterInit | true           |
      | services.k3s.tokenFile   | /etc/k3s/token |
    And these options of host "agent" hold:
      | option                  | value                |
      | services.k3s.role       | agent                |
      | services.k3s.serverAddr | https://server1:6443 |
    And host "air-gapped" evaluates

  Scenario: An agent of k3s that knows no server
    Given a dendritic flake from "fixtures/flakes/k3s"
    And the module "hosts/lost.nix":
      """nix
      { inputs, config, ... }:
      {
        flake.nixosConfigurations.lost = inputs.nixpkgs.lib.nixosSystem {
          modules = [
            config.flake.modules.nixos.base
            {
              services.k3s = {
                enable = true;
                role = "agent";
              };
            }
          ];
        };
      }
      """
    Then host "lost" does not evaluate: "serverAddr or configPath (with 'server' key) should be set if role is 'agent'"
