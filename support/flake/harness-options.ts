/** An option that harness.nix sets, for the report: a reader of the verdict must know what was not the host's own. */
export interface HarnessOption {
  readonly option: string
  readonly value: string
  readonly why: string
}

/** Everything harness.nix sets; a test compares the two. Options that a NixOS does not have are left out there. */
export const HARNESS_OPTIONS: readonly HarnessOption[] = [
  { option: 'nixos-shell.mounts.mountHome', value: 'false', why: "the runner's files stay out" },
  { option: 'nixos-shell.mounts.mountNixProfile', value: 'false', why: "the runner's profile stays out" },
  { option: 'nixos-shell.inheritPath', value: 'false', why: "the runner's PATH stays out" },
  { option: 'virtualisation.useNixStoreImage', value: 'true', why: 'a 9p store forbids snapshots' },
  { option: 'virtualisation.sharedDirectories', value: '{}', why: '9p shares forbid snapshots' },
  { option: 'virtualisation.graphics', value: 'false', why: 'the console is read as text' },
  { option: 'virtualisation.forwardPorts', value: '[]', why: 'ports of the runner would be taken' },
  { option: 'virtualisation.memorySize', value: "the machine's setting, if any", why: 'asked for' },
  { option: 'virtualisation.cores', value: "the machine's setting, if any", why: 'asked for' },
  { option: 'networking.firewall.enable', value: "the host's own", why: 'nixos-shell would turn it off' },
  { option: 'users.users.root.openssh.authorizedKeys.keys', value: "nixcumber's key", why: 'the way in over ssh' },
  { option: 'systemd.services.nixcumber-agent', value: 'a service', why: 'the way in over the harness port' },
]

/** What nixos-shell's own module changes in every host it runs (its share/modules/nixos-shell-config.nix, version 2.2.0). */
export const NIXOS_SHELL_OPTIONS: readonly HarnessOption[] = [
  { option: 'users.users.root.initialHashedPassword', value: '""', why: 'login on the console' },
  { option: 'services.getty.autologinUser', value: 'root', why: 'login on the console' },
  { option: 'environment.systemPackages', value: 'xterm', why: '`resize` at login' },
  { option: 'programs.git.config.safe.directory', value: '*', why: 'repositories of the runner' },
  {
    option: 'fileSystems, swapDevices, boot.loader',
    value: "the virtual machine's",
    why: 'its disks are not the host’s',
  },
]
