import { mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import type { InputOverrides, Nix, Question } from '../../nix/evaluate/nix.ts'
import { nixString } from '../../nix/nix-string.ts'
import { pathReference } from '../locator.ts'

/** Where the look-alikes are: beside our sources, in a clone and in node_modules alike. */
export const LOOK_ALIKES = join(import.meta.dirname, '../../../fixtures/inputs')

/** Whatever name an input has, its address says what it is. */
const ADDRESSES: Readonly<Record<string, RegExp>> = {
  nixpkgs:
    /(?:^|[/:])nixpkgs(?:\.lib|-lib)?(?:\.git)?(?:[/?#]|$)|^https?:\/\/(?:channels\.)?nixos\.org\/|\/f\/NixOS\/nixpkgs/i,
  'flake-parts': /(?:^|[/:])flake-parts(?:\.git)?(?:[/?#]|$)/i,
  'import-tree': /(?:^|[/:])import-tree(?:\.git)?(?:[/?#]|$)/i,
  disko: /(?:^|[/:])disko(?:\.git)?(?:[/?#]|$)/i,
  'nixos-shell': /(?:^|[/:])nixos-shell(?:\.git)?(?:[/?#]|$)/i,
}

/** What stands where an input stood. */
export interface OfflineInput {
  readonly url: string
  /** `look-alike` of ours; `local`: on this machine anyway; `missing`: using it is refused by name. */
  readonly kind: 'look-alike' | 'local' | 'missing'
}

export interface OfflineInputs {
  readonly overrides: InputOverrides
  readonly inputs: Readonly<Record<string, OfflineInput>>
}

/** The name of the look-alike for a flake reference. */
export const lookAlikeFor = (url: string): string | undefined =>
  Object.keys(ADDRESSES).find(name => ADDRESSES[name]?.test(url))

const inputSchema = z.object({ url: z.string(), flake: z.boolean() })
const declaredSchema = z.record(z.string(), inputSchema)
type Declared = z.infer<typeof declaredSchema>

/** flake.nix is plain data but for its outputs; those name further inputs by their arguments. */
const READ = `file:
let
  flake = import (/. + file);
  address =
    name: input:
    input.url or (
      if input ? type then
        "\${input.type}:\${input.owner or ""}/\${input.repo or ""}\${input.path or ""}"
      else
        name
    );
  declared = builtins.mapAttrs (name: input: {
    url = address name input;
    flake = input.flake or true;
    follows = input ? follows;
  }) (flake.inputs or { });
  arguments = builtins.mapAttrs (name: _: {
    url = name;
    flake = true;
    follows = false;
  }) (removeAttrs (if builtins.isFunction flake.outputs then builtins.functionArgs flake.outputs else { }) [ "self" ]);
  all = arguments // declared;
in
builtins.mapAttrs (_: input: { inherit (input) url flake; }) (
  removeAttrs all (builtins.filter (name: all.\${name}.follows) (builtins.attrNames all))
)`

const isLocal = (url: string): boolean => /^(?:path:|\.{0,2}\/|git\+file:)/.test(url)

/**
 * Replaces every input that would be fetched. Inputs that are folders on this machine stay, and theirs are replaced in turn.
 * `scratch` takes the stand-ins for inputs that have no look-alike.
 */
export async function offlineInputs(
  nix: Nix,
  flakeFolder: string,
  scratch: string,
  question: Question,
): Promise<OfflineInputs> {
  const overrides: Record<string, string> = {}
  const inputs: Record<string, OfflineInput> = {}
  const visit = async (folder: string, prefix: string, depth: number): Promise<void> => {
    for (const [name, { url, flake }] of Object.entries(await declaredInputs(nix, folder, question))) {
      const path = `${prefix}${name}`
      if (isLocal(url)) {
        inputs[path] = { url, kind: 'local' }
        const next = /^path:(\.[^?#]*)/.exec(url)?.[1]
        if (flake && next !== undefined && depth < 5) await visit(resolve(folder, next), `${path}/`, depth + 1)
        continue
      }
      const lookAlike = lookAlikeFor(url)
      inputs[path] = { url, kind: lookAlike === undefined ? 'missing' : 'look-alike' }
      overrides[path] = pathReference(
        lookAlike === undefined ? await standIn(scratch, path, url) : join(LOOK_ALIKES, lookAlike),
      )
    }
  }
  await visit(flakeFolder, '', 0)
  return { overrides, inputs }
}

async function declaredInputs(nix: Nix, folder: string, question: Question): Promise<Declared> {
  const file = join(folder, 'flake.nix')
  const { value } = await nix.eval({ expression: `(${READ}) ${nixString(file)}` }, question)
  return declaredSchema.parse(value)
}

/** A flake that refuses by name as soon as anything of it is used. An input that nothing uses does no harm. */
async function standIn(scratch: string, name: string, url: string): Promise<string> {
  const folder = join(scratch, `without-${name.replaceAll('/', '-')}`)
  const refusal = `throw ${nixString(`nixcumber offline: the input "${name}" (${url}) is needed, and there is no look-alike for it`)}`
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'flake.nix'), `{ outputs = _: ${refusal}; }\n`)
  await writeFile(join(folder, 'default.nix'), `${refusal}\n`)
  return folder
}
