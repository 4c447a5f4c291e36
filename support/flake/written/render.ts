import { nixString } from '../../nix/nix-string.ts'
import type { FlakePlan, HostPlan } from '../plan/flake-plan.ts'

export interface RenderedFile {
  /** Relative to the flake. */
  readonly path: string
  readonly text: string
  /** Only written where the folder started from has none. */
  readonly fallback?: true
}

/** Our own file beside the user's modules. */
export const HOSTS_FILE = 'modules/nixcumber-hosts.nix'

/** The files of a flake. Pure: the same plan is always the same text. */
export const renderFlake = (plan: FlakePlan): RenderedFile[] => [
  { path: 'flake.nix', text: ROOT, fallback: true },
  ...plan.modules.map(({ path, text }) => ({ path: `modules/${path}`, text })),
  ...(plan.hosts.length > 0 ? [{ path: HOSTS_FILE, text: renderHosts(plan.hosts) }] : []),
]

const ROOT = `{
  description = "A dendritic flake: every file below modules/ is a flake-parts module";

  inputs = {
    nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
    flake-parts.url = "github:hercules-ci/flake-parts";
    flake-parts.inputs.nixpkgs-lib.follows = "nixpkgs";
    import-tree.url = "github:vic/import-tree";
  };

  outputs =
    inputs:
    inputs.flake-parts.lib.mkFlake { inherit inputs; } {
      imports = [
        inputs.flake-parts.flakeModules.modules
        (inputs.import-tree ./modules)
      ];
      systems = inputs.nixpkgs.lib.mkDefault [ "x86_64-linux" ];
    };
}
`

/** Weaker than \`lib.mkDefault\`, stronger than an option's own default: whatever a module says wins. */
const renderHosts = (hosts: readonly HostPlan[]): string => `# The hosts that the feature puts together.
{ config, inputs, ... }:
let
  modules = config.flake.modules.nixos or { };
  pick =
    host: name:
    modules.\${name}
      or (throw "host \${host} is to have the module \${name}, but flake.modules.nixos has: \${toString (builtins.attrNames modules)}");

  # What every NixOS must say and a feature need not. Weaker than lib.mkDefault.
  basics =
    name:
    { lib, ... }:
    let
      basic = lib.mkOverride 1100;
    in
    {
      nixpkgs.hostPlatform = basic "x86_64-linux";
      system.stateVersion = basic lib.trivial.release;
      fileSystems."/".device = basic "/dev/disk/by-label/nixos";
      boot.loader.grub.device = basic "nodev";
    }
    // lib.optionalAttrs (builtins.match "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?" name != null) {
      networking.hostName = basic name;
    };

  host =
    name: names:
    inputs.nixpkgs.lib.nixosSystem { modules = map (pick name) names ++ [ (basics name) ]; };
in
{
${hosts.map(renderHost).join('\n')}
}
`

const renderHost = ({ name, modules }: HostPlan): string =>
  `  flake.nixosConfigurations.${nixString(name)} = host ${nixString(name)} [ ${modules.map(module => `${nixString(module)} `).join('')}];`
