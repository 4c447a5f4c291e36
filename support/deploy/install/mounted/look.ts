/** What was installed below /mnt, looked at before any reboot: in two round trips, for the second asks for what the first one names. */

import { type Command, type CommandResult, sh } from '../../../core/command.ts'
import type { Fact } from '../../../probe/fact.ts'
import { type Answer, answers, inSections, lines } from '../../../probe/sections.ts'
import type { LoaderFile } from './boot-menu.ts'

export interface Mounted {
  /** Where the profile of the system leads to. */
  readonly profile: Fact<string>
  /** What Nix says of the system's closure there. */
  readonly closure: Fact<unknown>
  readonly files: Fact<readonly LoaderFile[]>
}

/** A link of a profile is relative to its folder. */
const PROFILE = sh`set -e
link=$(readlink /mnt/nix/var/nix/profiles/system)
readlink "/mnt/nix/var/nix/profiles/\${link##*/}"`

const closureOf = (system: string): Command =>
  sh`nix --extra-experimental-features nix-command path-info --store ${'local?root=/mnt'} --json --recursive ${system} </dev/null 2>/dev/null`

/** Where NixOS's boot loaders have their files, and each other file system there. Names of files hold no blanks; what they hold is encoded. */
const FILES = sh`for at in /mnt/boot $(findmnt --list --noheadings --output TARGET | grep -E '^/mnt(/|$)'); do
  for file in "$at"/loader/loader.conf "$at"/loader/entries/*.conf; do
    [ ! -f "$file" ] || echo "$file $(base64 -w 0 "$file")"
  done
done | sort -u
for file in /mnt/boot/grub/grub.cfg /mnt/boot/grub/grubenv; do
  [ ! -f "$file" ] || echo "$file $(base64 -w 0 "$file")"
done`

export const mountedCommand = (system: string): Command => inSections(PROFILE, closureOf(system), FILES)

const WHAT = 'what was installed'

export function parseMounted(result: CommandResult): Mounted {
  const [profile, closure, files] = answers(result, WHAT, 3)
  return {
    profile: factOf(profile, 'the profile of the system', text => text.trim()),
    closure: factOf(closure, 'nix path-info', text => JSON.parse(text) as unknown),
    files: factOf(files, 'the files of the boot loader', text => lines(text).map(loaderFile)),
  }
}

function factOf<T>(answer: Answer | undefined, what: string, parse: (text: string) => T): Fact<T> {
  if (answer?.code !== 0) return { unknown: `${what}: exit code ${answer?.code ?? 'none'}` }
  try {
    return { is: parse(answer.text) }
  } catch {
    return { unknown: `${what} answered in another form than it should` }
  }
}

function loaderFile(line: string): LoaderFile {
  const [file = '', content = ''] = line.split(' ')
  return { file: file.slice('/mnt'.length), text: Buffer.from(content, 'base64').toString() }
}

/** What a comparison says: 0 the same, 1 another, 3 begins with the closure's and goes on, 4 none there. */
export type Same = 'same' | 'same, and more after it' | 'another' | 'none'

/** Whether the files of the loader, by their paths in the installed system, are those of the closure by these names. */
export const sameCommand = (
  system: string,
  started: readonly { readonly name: 'kernel' | 'initrd'; readonly path: string }[],
): Command =>
  inSections(
    ...started.map(
      ({ name, path }) => sh`set -eu
own=/mnt$(readlink ${`/mnt${system}/${name}`}) started=${`/mnt${path}`}
test -f "$own"
if [ ! -f "$started" ]; then echo none
elif cmp -s "$own" "$started"; then echo same
elif head -c "$(stat -c %s "$own")" "$started" | cmp -s - "$own"; then echo more
else echo another; fi`,
    ),
  )

const SAID: Readonly<Record<string, Same>> = {
  same: 'same',
  more: 'same, and more after it',
  another: 'another',
  none: 'none',
}

export const parseSame = (result: CommandResult, count: number): Fact<Same>[] =>
  answers(result, WHAT, count).map(answer => {
    const same = SAID[answer.text.trim()]
    return answer.code === 0 && same ? { is: same } : { unknown: `it could not be compared: exit code ${answer.code}` }
  })
