/** What was installed below /mnt, looked at before any reboot: in two round trips, for the second asks for what the first one names. */

import { z } from 'zod'
import { type Command, type CommandResult, sh } from '../../../core/command.ts'
import type { Fact } from '../../../probe/fact.ts'
import { type Answer, answers, inSections, lines } from '../../../probe/sections.ts'
import type { LoaderFile, LoaderPath } from './boot-menu.ts'

export interface Mounted {
  /** Where the profile of the system leads to. */
  readonly profile: Fact<string>
  /** What Nix says of the system's closure there. */
  readonly closure: Fact<unknown>
  readonly files: Fact<readonly LoaderFile[]>
  readonly mounts: Fact<readonly MountedAt[]>
}

export interface MountedAt {
  readonly target: string
  /** Which part of its file system is mounted: `/`, or a subvolume. */
  readonly root: string
  readonly uuid: string | undefined
}

/** A link of a profile is relative to its folder. */
const PROFILE = sh`set -e
link=$(readlink /mnt/nix/var/nix/profiles/system)
readlink "/mnt/nix/var/nix/profiles/\${link##*/}"`

const closureOf = (system: string): Command =>
  sh`nix --extra-experimental-features nix-command path-info --store ${'local?root=/mnt'} --json --recursive ${system} </dev/null 2>/dev/null`

/** Names of files hold no blanks there; what they hold is encoded. */
const FILES = sh`for at in $(findmnt --list --noheadings --output TARGET | grep -E '^/mnt(/|$)') /mnt/boot; do
  for file in "$at"/grub/grub.cfg "$at"/loader/loader.conf "$at"/loader/entries/*.conf; do
    [ ! -f "$file" ] || echo "$file $(base64 -w 0 "$file")"
  done
done | sort -u`

const MOUNTS = sh`findmnt --json --list --output TARGET,FSROOT,UUID`

export const mountedCommand = (system: string): Command => inSections(PROFILE, closureOf(system), FILES, MOUNTS)

const WHAT = 'what was installed'

export function parseMounted(result: CommandResult): Mounted {
  const [profile, closure, files, mounts] = answers(result, WHAT, 4)
  return {
    profile: factOf(profile, 'the profile of the system', text => text.trim()),
    closure: factOf(closure, 'nix path-info', text => JSON.parse(text) as unknown),
    files: factOf(files, 'the files of the boot loader', text => lines(text).map(loaderFile)),
    mounts: factOf(mounts, 'findmnt', text => mountsSchema.parse(JSON.parse(text)).filesystems),
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
  return { file, text: Buffer.from(content, 'base64').toString() }
}

const mountsSchema = z.object({
  filesystems: z.array(
    z
      .object({ target: z.string(), fsroot: z.string().nullable(), uuid: z.string().nullable() })
      .transform(({ target, fsroot, uuid }): MountedAt => ({ target, root: fsroot ?? '/', uuid: uuid ?? undefined })),
  ),
})

/** Where a file of a boot loader is found below /mnt, in each place that it may mean. */
export function placesOf({ path, uuid }: LoaderPath, own: string, mounts: readonly MountedAt[]): string[] {
  const below = mounts.filter(({ target }) => target === '/mnt' || target.startsWith('/mnt/'))
  const holder = longest(below.filter(({ target }) => isBelow(own, target)))
  const meant = uuid === undefined ? below.filter(mount => mount === holder) : below.filter(each => each.uuid === uuid)
  return meant
    .filter(({ root }) => isBelow(path, root))
    .map(({ target, root }) => `${target}${root === '/' ? path : path.slice(root.length)}`)
}

const isBelow = (path: string, folder: string): boolean =>
  path === folder || path.startsWith(folder === '/' ? '/' : `${folder}/`)

const longest = (mounts: readonly MountedAt[]): MountedAt | undefined =>
  mounts.toSorted((a, b) => b.target.length - a.target.length)[0]

/** What a comparison says: 0 the same, 1 another, 3 begins with the closure's and goes on, 4 none there. */
export type Same = 'same' | 'same, and more after it' | 'another' | 'none'

/** Whether one of the places holds what the closure has by this name. */
export const sameCommand = (
  system: string,
  wanted: readonly { name: 'kernel' | 'initrd'; places: readonly string[] }[],
) =>
  inSections(
    ...wanted.map(
      ({ name, places }) => sh`set -eu
own=/mnt$(readlink ${`/mnt${system}/${name}`})
test -f "$own"
said=none
for place in ${places}; do
  [ -f "$place" ] || continue
  if cmp -s "$own" "$place"; then said=same; break; fi
  said=another
  if head -c "$(stat -c %s "$own")" "$place" | cmp -s - "$own"; then said=more; fi
done
echo "$said"`,
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
