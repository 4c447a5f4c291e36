@vm
Feature: What of a host keeps a machine from being reached is said before it boots
  The network and the sshd of a host are as they are. What cannot be had of them, and what keeps nixcumber out, is named with its option.

  Scenario: A wireless card, a VLAN, and an sshd that lets root not in
    Given a project with the file "flake.nix":
      """
      {
        inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
        outputs =
          { nixpkgs, ... }:
          {
            nixosConfigurations.shut = nixpkgs.lib.nixosSystem { modules = [ ./shut.nix ]; };
          };
      }
      """
    And a project with the file "shut.nix":
      """
      {
        networking.hostName = "shut";
        nixpkgs.hostPlatform = "x86_64-linux";
        system.stateVersion = "26.05";
        boot.loader.grub.device = "/dev/sda";
        fileSystems."/" = { device = "/dev/sda1"; fsType = "ext4"; };
        networking.interfaces.wlp3s0.useDHCP = true;
        networking.vlans.office = { id = 12; interface = "enp1s0"; };
        networking.interfaces.office.ipv4.addresses = [ { address = "10.12.0.2"; prefixLength = 24; } ];
        services.openssh.enable = true;
        services.openssh.openFirewall = false;
        services.openssh.settings.AllowUsers = [ "simon" ];
      }
      """
    And a project with the file "features/shut.feature":
      """
      Feature: Shut
        Scenario: It would answer
          Given the flake "."
          And machine "shut" is running
          Then the system is running
      """
    When nixcumber is called with "run --offline --over ssh --out out"
    Then the exit code is 2
    And nixcumber says "networking.interfaces.wlp3s0 (wlp3s0: DHCP) is without effect: a virtual machine has no wireless card"
    And nixcumber says "networking.interfaces.office (10.12.0.2/24) is without effect: office is a VLAN"
    And nixcumber says:
      """
      Machine "shut" cannot be asked over ssh: its host lets no key of root in
      """
    And nixcumber says "services.openssh.settings.AllowUsers = [ simon ], set in shut.nix: root is not among them"
    And nixcumber says "services.openssh.openFirewall = false, set in shut.nix: the firewall drops what comes to port 22"
    And nixcumber says "--over serial"
    And nixcumber does not say "runs under emulation"
