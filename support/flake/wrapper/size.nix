# How big a virtual machine the host needs, in MiB, where neither it nor its user says so. nixos-shell's 700 MiB and NixOS's disk of 1 GiB
# hold neither a cluster nor a desktop.
config:
let
  reach = import ./reach.nix;
  isOn =
    path:
    let
      tried = builtins.tryEval ((reach (path ++ [ "enable" ]) config).value or false == true);
    in
    tried.success && tried.value;
  any = builtins.any isOn;
  large = any [
    [ "services" "k3s" ]
    [ "services" "rke2" ]
    [ "services" "kubernetes" "kubelet" ]
    [ "services" "kubernetes" "apiserver" ]
    [ "services" "xserver" ]
    [ "services" "displayManager" ]
    [ "services" "gitlab" ]
    [ "services" "elasticsearch" ]
    [ "services" "opensearch" ]
    [ "programs" "hyprland" ]
    [ "programs" "sway" ]
    [ "programs" "niri" ]
  ];
  middling = any [
    [ "services" "postgresql" ]
    [ "services" "mysql" ]
    [ "services" "mongodb" ]
    [ "services" "nextcloud" ]
    [ "services" "jenkins" ]
    [ "services" "home-assistant" ]
    [ "services" "prometheus" ]
    [ "virtualisation" "docker" ]
    [ "virtualisation" "podman" ]
    [ "virtualisation" "libvirtd" ]
  ];
in
{
  memorySize =
    if large then
      4096
    else if middling then
      2048
    else
      1024;
  cores = if large then 2 else 1;
  # As much as is written to it.
  diskSize = if large || middling then 16384 else 4096;
}
