/** What `init` writes: small enough to be read at once, and it passes. */
export interface FirstFile {
  readonly file: string
  readonly text: string
}

export const CONFIGURATION: FirstFile = {
  file: 'nixcumber.config.mjs',
  text: `// What every run of this project has in common; the command line wins. All keys are optional.
export default {
  // features: 'features',
  // flake: '.',
  // machines: { t14: 'ssh://root@t14.lan', web1: { address: 'ssh://root@web1.lan', roles: ['web'], allow: ['changes'] } },
}
`,
}

/** For a folder without a flake: the machine is put together in the feature. */
export const assembledFeature: FirstFile = {
  file: 'features/first.feature',
  text: `Feature: A first machine
  The flake is written here, evaluated by Nix, and booted. Change it, and watch.

  Background:
    Given a dendritic flake
    And the module "nixos/base.nix":
      """nix
      {
        flake.modules.nixos.base = {
          services.openssh.enable = true;
          users.users.anna = {
            isNormalUser = true;
            extraGroups = [ "wheel" ];
          };
        };
      }
      """
    And the host "first" with modules "base"

  Scenario: The configuration says what it should
    Then host "first" evaluates
    And option "services.openssh.enable" of host "first" is "true"

  @vm
  Scenario: The machine is what the configuration says
    Given machine "first" is running
    Then service "sshd" is active
    And user "anna" is in group "wheel"
`,
}

/** For a flake: its own host, or what can be said without one. */
export const flakeFeature = (host: string | undefined): FirstFile =>
  host === undefined
    ? {
        file: 'features/flake.feature',
        text: `Feature: The flake

  Scenario: It evaluates
    Given the flake "."
    Then the flake evaluates
`,
      }
    : {
        file: `features/${fileNameOf(host)}.feature`,
        text: `Feature: The host ${host}

  Background:
    Given the flake "."

  Scenario: The configuration evaluates
    Then the flake evaluates
    And host "${host}" evaluates

  @vm
  Scenario: The machine starts
    Given machine "${host}" is running
    Then the command "nixos-version" succeeds
`,
      }

/** Of a host's name, which may be any text of Nix; no folder of its own, none above, and no option of a program. */
const fileNameOf = (host: string): string => host.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^[.-]+/, '') || 'host'

/** A sentence holds a name between quotes, in a line. */
export const canBeNamed = (host: string): boolean => /^[^"\\\p{Cc}]+$/u.test(host)
