/** Which entry systemd-boot starts by default (systemd-boot(7), loader.conf(5), the Boot Loader Specification). Pure. */
import { basename, dirname } from 'node:path'
import type { Fact } from '../fact.ts'
import { lines } from '../sections.ts'
import { type BootEntry, unknownEntry, wordsOf } from './boot-entry.ts'
import type { BootFiles } from './boot-files.ts'

/** A variable's text is UTF-16 with a zero at its end, behind four bytes of attributes (the kernel's Documentation/filesystems/efivarfs.rst). */
export function variableText({ variables }: BootFiles, name: string): string | undefined {
  const value = variables?.get(name)
  return value?.subarray(4).toString('utf16le').replace(/\0.*$/s, '')
}

export function entryOfSystemdBoot(files: BootFiles): Fact<BootEntry> {
  const confs = files.roots.map(root => `${root}/loader/loader.conf`).filter(path => files.texts.has(path))
  if (confs.length > 1) return unknownEntry(`there are several menus of systemd-boot: ${confs.join(', ')}`)
  for (const name of ['LoaderEntryOneShot', 'LoaderEntryPreferred', 'LoaderEntrySysFail'])
    if (variableText(files, name)) return unknownEntry(`${name} is set, which may lead to another entry`)
  const conf = files.texts.get(confs[0] ?? '') ?? ''
  if (valuesOf(conf, 'preferred').length > 0)
    return unknownEntry(`${confs[0]} prefers an entry, which may lead to another one`)
  const wanted = variableText(files, 'LoaderEntryDefault') || defaultOf(conf)
  const entries = [...files.texts.keys()].filter(
    path => path.endsWith('.conf') && basename(dirname(path)) === 'entries',
  )
  return chosen(files, entries, wanted)
}

/** The last line of a key counts. */
const defaultOf = (text: string): string => valuesOf(text, 'default').at(-1) ?? ''

/** One entry is told by its very name. Of several that a pattern means, systemd-boot takes the first of its order, which is not worked out here. */
function chosen(files: BootFiles, entries: readonly string[], wanted: string): Fact<BootEntry> {
  if (wanted.startsWith('@')) return unknownEntry(`systemd-boot starts what was started last (${wanted})`)
  const ids = [...entries, ...files.images]
  const found = ids.filter(path => matches(wanted, idOf(path)))
  const [only, ...others] = wanted === '' ? ids : found
  if (only === undefined) return unknownEntry(`no entry of systemd-boot is called "${wanted}", its default`)
  if (others.length > 0) return unknownEntry(`more than one entry of systemd-boot may be its default, "${wanted}"`)
  if (files.images.includes(only))
    return unknownEntry(`${only} is one program of kernel and initrd, which is not looked into`)
  return entryIn(only, files.texts.get(only) ?? '')
}

/** Without the count of tries: `nixos-generation-3+2-1.conf` (Automatic Boot Assessment). */
const idOf = (path: string): string => basename(path).replace(/\+\d+(?:-\d+)?(?=\.(?:conf|efi)$)/, '')

/** Capitals do not count. A pattern is one of glob(7). */
function matches(pattern: string, id: string): boolean {
  const parts = pattern.toLowerCase().split(/([*?])/)
  const source = parts.map(part => (part === '*' ? '.*' : part === '?' ? '.' : part.replace(/[^\w]/g, '\\$&'))).join('')
  return new RegExp(`^${source}$`, 's').test(id.toLowerCase())
}

function entryIn(path: string, text: string): Fact<BootEntry> {
  const root = dirname(dirname(dirname(path)))
  const [kernel, ...more] = valuesOf(text, 'linux')
  if (kernel === undefined || more.length > 0 || valuesOf(text, 'efi').length > 0)
    return unknownEntry(`${path} starts something else than one kernel`)
  const file = (name: string): string => `${root}/${name}`.replace(/\/{2,}/g, '/')
  return {
    is: {
      name: basename(path),
      kernel: file(kernel),
      initrds: valuesOf(text, 'initrd').map(file),
      words: valuesOf(text, 'options').flatMap(wordsOf),
    },
  }
}

const valuesOf = (text: string, key: string): string[] =>
  lines(text).flatMap(line => {
    const [name, ...words] = line.trim().split(/[ \t]/)
    const value = words.join(' ').trim()
    return name === key && value !== '' ? [value] : []
  })
