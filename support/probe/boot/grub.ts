/** Which entry GRUB starts by default, of a menu as NixOS writes it (the manual of GRUB 2.12, 6 and 16). Pure. */
import type { Fact } from '../fact.ts'
import { lines } from '../sections.ts'
import { type BootEntry, unknownEntry, wordsOf } from './boot-entry.ts'
import { type BootFiles, GRUB } from './boot-files.ts'

interface MenuEntry {
  readonly title: string
  readonly isMenu: boolean
  readonly lines: readonly string[]
}

export function entryOfGrub({ texts }: BootFiles): Fact<BootEntry> {
  const menu = readMenu(texts.get(`${GRUB}/grub.cfg`) ?? '')
  const saved = savedIn(texts.get(`${GRUB}/grubenv`) ?? '')
  if (saved.get('next_entry')) return unknownEntry('GRUB starts another entry once (next_entry)')
  const wanted = defaultOf(menu.outside, saved.get('saved_entry') ?? '')
  if ('unknown' in wanted) return wanted
  const entry = entryAt(menu.entries, wanted.is)
  if (!entry) return unknownEntry(`the default of GRUB, "${wanted.is}", is no entry of its menu`)
  return entry.isMenu ? unknownEntry(`the default of GRUB is a menu, "${entry.title}"`) : entryIn(entry)
}

/** Entries of the first level, and what stands beside them. A brace of its own begins a function or ends something. */
function readMenu(text: string): { readonly entries: readonly MenuEntry[]; readonly outside: readonly string[] } {
  const entries: { title: string; isMenu: boolean; lines: string[] }[] = []
  const outside: string[] = []
  let depth = 0
  for (const line of lines(text).map(each => each.trim())) {
    const [, word, title] = /^(menuentry|submenu)\s+(?:"([^"]*)"|'[^']*').*\{$/.exec(line) ?? []
    if (line === '}') depth = Math.max(0, depth - 1)
    else if (word !== undefined && depth === 0)
      entries.push({ title: title ?? '', isMenu: word === 'submenu', lines: [] })
    else if (depth > 0) entries.at(-1)?.lines.push(line)
    else outside.push(line)
    if (line.endsWith('{')) depth += 1
  }
  return { entries, outside }
}

/** Lines `name=value` in a block of 1024 bytes (grub-editenv(1)). */
const savedIn = (text: string): ReadonlyMap<string, string> =>
  new Map(lines(text).flatMap(line => (line.startsWith('#') || !line.includes('=') ? [] : [pair(line)])))

const pair = (line: string): [string, string] => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]

/** What is set for `grub-reboot` alone counts only when something was saved, which is asked before. */
function defaultOf(outside: readonly string[], saved: string): Fact<string> {
  if (outside.some(line => /^(?:source|configfile|\.)\s/.test(line)))
    return unknownEntry('the menu of GRUB goes on in another file')
  const set = outside
    .flatMap(line => /^set\s+default=(?:"([^"]*)"|(\S+))/.exec(line)?.slice(1, 3) ?? [])
    .filter(word => word !== undefined)
  const words = new Set(
    set
      .filter(word => !/^\$\{?next_entry\}?$/.test(word))
      .map(word => (/^\$\{?saved_entry\}?$/.test(word) ? saved : word)),
  )
  const [only = '', ...others] = words
  if (others.length > 0 || only.includes('$'))
    return unknownEntry('the menu of GRUB decides over its default when it runs')
  return { is: only === '' ? '0' : only }
}

const entryAt = (entries: readonly MenuEntry[], wanted: string): MenuEntry | undefined =>
  /^\d+$/.test(wanted) ? entries[Number(wanted)] : entries.find(({ title }) => title === wanted)

function entryIn({ title, lines: all }: MenuEntry): Fact<BootEntry> {
  const [linux, ...more] = all.filter(line => /^linux(?:16|efi)?\s/.test(line)).map(wordsOf)
  const initrds = all.filter(line => /^initrd(?:16|efi)?\s/.test(line)).flatMap(line => wordsOf(line).slice(1))
  if (
    linux === undefined ||
    more.length > 0 ||
    all.some(line => /^(?:multiboot|chainloader|if|configfile)\b/.test(line))
  )
    return unknownEntry(`"${title}" of GRUB starts something else than one kernel`)
  const [, kernel = '', ...words] = linux
  const files = [kernel, ...initrds].map(fileOf)
  const strange = [kernel, ...initrds].find((_, i) => files[i] === undefined)
  if (strange !== undefined) return unknownEntry(`where ${strange} of GRUB lies in the machine is not known`)
  const [first = '', ...rest] = files.flatMap(file => file ?? [])
  return { is: { name: title, kernel: first, initrds: rest, words } }
}

/**
 * Of the store, whatever is above it on its disk (a subvolume), or a copy beside GRUB (NixOS's install-grub.pl). On which disk GRUB looks
 * for it is not followed.
 */
function fileOf(path: string): string | undefined {
  const plain = path.replace(/^\([^)]*\)/, '').replace(/\/{2,}/g, '/')
  const inStore = plain.indexOf('/nix/store/')
  if (inStore >= 0) return plain.slice(inStore)
  const copy = /\/kernels\/([^/]+)$/.exec(plain)?.[1]
  return copy === undefined ? undefined : `/boot/kernels/${copy}`
}
