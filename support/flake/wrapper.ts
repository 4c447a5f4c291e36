import { cp, mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { placeFolder } from '../core/files/place-folder.ts'
import { RUNNER_SYSTEM } from '../core/runner-system.ts'
import { shortHash } from '../core/text/short-hash.ts'
import type { MachineSize } from '../core/values/machine-size.ts'
import type { InputOverrides, Target } from '../nix/evaluate/nix.ts'
import { nixData, nixString } from '../nix/nix-string.ts'
import { type FileLocator, pathReference } from './locator.ts'
import { LOOK_ALIKES } from './written/offline-inputs.ts'

/** What the harness needs to know; handed to wrapper.nix as JSON. */
export interface HarnessSettings extends MachineSize {
  readonly authorizedKey: string
  /** The text of support/shell/agent/agent.sh. */
  readonly agent: string
  /** Files are handed over to the machine. */
  readonly files?: true
  /** File systems that further disks can be made with; ext4 when left out. */
  readonly formats?: readonly string[]
}

/** nixos-shell 2.2.0, for flakes that have no input of their own for it. */
const NIXOS_SHELL = 'Mic92/nixos-shell'
const NIXOS_SHELL_REVISION = 'b065c49890f5acd90dba3ef306eb7e59d2589bc7'

/** What is wrapped: a flake with the inputs it is to have, or an expression that yields `{ nixosConfigurations = …; }`. */
export type Wrapped =
  | { readonly flake: string; readonly inputs: InputOverrides; readonly nixosShellInput: string | undefined }
  | { readonly expression: string }

/** What the wrapper says of a host: how it is as a machine, what installs it, or what it needs of its computer. */
export type WrapperOutput = 'plans' | 'installs' | 'needs'

/**
 * Puts the wrapper into a folder below `parent`, named by all that goes into it, and returns what to evaluate: a function from the name
 * of a host to its plan.
 */
export async function writeWrapper(
  parent: string,
  wrapped: Wrapped,
  settings: HarnessSettings,
  { offline, output = 'plans' }: { readonly offline: boolean; readonly output?: WrapperOutput },
): Promise<Target> {
  const folder = join(parent, `wrapper-${shortHash(wrapped, settings, offline)}`)
  const draft = await mkdtemp(join(await made(parent), '.draft-'))
  await cp(join(import.meta.dirname, 'wrapper'), draft, { recursive: true })
  await writeFile(join(draft, 'settings.json'), JSON.stringify({ ...settings, runner: RUNNER_SYSTEM }, undefined, 2))
  if ('flake' in wrapped) await writeFile(join(draft, 'flake.nix'), renderWrapper(wrapped, offline))
  await placeFolder(draft, folder)
  if ('flake' in wrapped)
    return { flake: pathReference(folder), output: `.${output}`, inputs: below('subject', wrapped.inputs) }
  return { expression: `(${expression(folder, wrapped.expression, offline)}).${output}` }
}

/** The wrapper's flake.nix. Pure. */
export function renderWrapper(
  { flake, nixosShellInput }: { flake: string; nixosShellInput: string | undefined },
  offline: boolean,
): string {
  const shell =
    nixosShellInput === undefined
      ? `nixos-shell.url = ${nixString(offline ? pathReference(join(LOOK_ALIKES, 'nixos-shell')) : `github:${NIXOS_SHELL}/${NIXOS_SHELL_REVISION}`)};
    nixos-shell.flake = false;`
      : `nixos-shell.follows = ${nixString(`subject/${nixosShellInput}`)};`
  return `# Made by nixcumber: the flake that is judged, extended so that its hosts can be booted and asked.
{
  inputs = {
    subject.url = ${nixString(flake)};
    ${shell}
  };

  outputs =
    { subject, nixos-shell, ... }:
    {
      plans = import ./wrapper.nix {
        hosts = subject.nixosConfigurations;
        nixosShell = nixos-shell;
        settings = builtins.fromJSON (builtins.readFile ./settings.json);
      };
      installs = import ./install.nix subject.nixosConfigurations;
      needs = import ./needs.nix subject.nixosConfigurations;
    };
}
`
}

function expression(folder: string, outputs: string, offline: boolean): string {
  const shell = offline
    ? `/. + ${nixString(join(LOOK_ALIKES, 'nixos-shell'))}`
    : `builtins.fetchTarball ${nixString(`https://github.com/${NIXOS_SHELL}/archive/${NIXOS_SHELL_REVISION}.tar.gz`)}`
  return `let hosts = (${outputs}).nixosConfigurations; in {
  plans = import (/. + ${nixString(join(folder, 'wrapper.nix'))}) {
    inherit hosts;
    nixosShell = ${shell};
    settings = builtins.fromJSON (builtins.readFile (/. + ${nixString(join(folder, 'settings.json'))}));
  };
  installs = import (/. + ${nixString(join(folder, 'install.nix'))}) hosts;
  needs = import (/. + ${nixString(join(folder, 'needs.nix'))}) hosts;
}`
}

/** The hosts of a file as a flake's outputs would have them. `single`: the attribute leads to one host. */
export function fileOutputs({ file, attribute }: FileLocator, single: boolean): string {
  const hosts =
    attribute === undefined
      ? 'value.nixosConfigurations or value'
      : `builtins.foldl' (set: name: set.\${name}) value ${nixData(attribute)}`
  const named = single ? `{ \${${nixString(attribute?.at(-1) ?? '')}} = ${hosts}; }` : hosts
  return `let
  content = import (/. + ${nixString(file)});
  value = if builtins.isFunction content then content { } else content;
in
{ nixosConfigurations = ${named}; }`
}

const below = (input: string, inputs: InputOverrides): InputOverrides =>
  Object.fromEntries(Object.entries(inputs).map(([path, reference]) => [`${input}/${path}`, reference]))

const made = async (folder: string): Promise<string> => {
  await mkdir(folder, { recursive: true })
  return folder
}
