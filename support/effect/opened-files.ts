/** Files that act when they are opened, in the words of a script. */
import { TEXT } from './programs/text.ts'
import { actsWhenOpened, couldBecome } from './rule/devices.ts'
import type { Seen, Variables } from './rule/seen.ts'
import type { Findings } from './shell/script.ts'

/** They read what files hold. */
const READERS = new Set([...Object.keys(TEXT), 'dd', 'curl', '<'])

/** They ask for names and what the kernel keeps of them, and open nothing. */
const NAMES_ONLY = new Set(
  'ls dir vdir stat readlink realpath basename dirname namei find test [ [[ echo printf file lsof fuser getfacl udevadm systemctl'.split(
    ' ',
  ),
)

/** A word of the program that is such a file, or may become one. */
export function actingWord(program: string, args: readonly Seen[]): Seen | undefined {
  if (NAMES_ONLY.has(program)) return undefined
  return args.find(word => actsWhenOpened(word, READERS.has(program)))
}

/** The names of devices come out of it, for others to open. */
export function namesDevices(program: string, args: readonly Seen[]): boolean {
  if (!NAMES_ONLY.has(program) || /^(test|\[|\[\[)$/.test(program)) return false
  const isChosen = program === 'find' && args.some(({ text }) => /^(-i?(name|path|regex)|-xdev|f)$/.test(text ?? ''))
  return args.some(
    ({ start, text }) =>
      couldBecome(start) || couldBecome(`${start}/`) || (program === 'find' && text === '/' && !isChosen),
  )
}

/** It opens what something else names. */
export const readsUnknown = (program: string, args: readonly Seen[]): boolean =>
  READERS.has(program) && args.some(({ text, start }) => text === undefined && OPEN.test(start))

/** Nothing, or the name of an option, of which what is put in is the value. */
const OPEN = /^([\w-]+=)?$/

/** What a variable gets: `for d in /dev/*`. */
export function actingSource({ sources }: Findings, variables: Variables): Seen | undefined {
  return [...sources.values()]
    .flat()
    .flatMap(source => (typeof source === 'string' ? [] : [variables.see(source)]))
    .find(seen => actsWhenOpened(seen, false) || (seen.text === undefined && couldBecome(seen.start)))
}
