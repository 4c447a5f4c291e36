/** Whether what was installed is what is bound, before anything is started from it. What was not to be seen is never taken for right. Pure. */
import { NixcumberError } from '../../../core/errors.ts'
import { contentsOf } from '../../../nix/contents.ts'
import type { BootEntry } from '../../../probe/boot/boot-entry.ts'
import type { Fact } from '../../../probe/fact.ts'
import type { Finding } from '../findings.ts'
import { type Menu, systemOf } from './boot-menu.ts'
import type { Mounted, Same } from './look.ts'

export interface Wanted {
  /** Store path of the system. */
  readonly path: string
  /** Of its closure, as the verdict has it. */
  readonly contents: string
}

export const judgeProfile = ({ profile }: Pick<Mounted, 'profile'>, { path }: Wanted): Finding =>
  judged('the profile is the system', profile, is => ({ held: is === path, said: is }))

export const judgeContents = ({ closure }: Pick<Mounted, 'closure'>, { path, contents }: Wanted): Finding => {
  const found = seen(closure, answer => contentsOf(path, answer))
  return judged('the contents of the closure are those that are bound', found, is => ({
    held: is === contents,
    said: is === contents ? is : `${is}, and ${contents} is bound`,
  }))
}

/** @returns the entries that are to be compared with the closure, where each is the system's */
export function judgeMenus(menus: Fact<readonly Menu[]>, { path }: Wanted): { found: Finding[]; entries: BootEntry[] } {
  const what = 'the boot loader starts the system'
  if ('unknown' in menus) return { found: [{ what, outcome: 'unknown', said: menus.unknown }], entries: [] }
  const found = menus.is.map(menu => judgeMenu(what, menu, path))
  const none: Finding = { what, outcome: 'not held', said: 'there is no menu of GRUB or systemd-boot below /mnt' }
  const entries = menus.is.flatMap(({ entry }) => ('is' in entry ? [entry.is] : []))
  return { found: found.length > 0 ? found : [none], entries }
}

function judgeMenu(what: string, { loader, entry }: Menu, path: string): Finding {
  if ('unknown' in entry) return { what, outcome: 'unknown', said: `${loader}: ${entry.unknown}` }
  const system = systemOf(entry.is)
  const said = `${loader} starts ${system ?? 'no system: there is no init='}`
  return { what, outcome: system === path ? 'held' : 'not held', said }
}

export const judgeSame = (name: string, file: string, same: Fact<Same> | undefined): Finding =>
  judged(`the ${name} that is started is the closure's`, same ?? { unknown: 'it was not compared' }, is => ({
    held: is.startsWith('same'),
    said: `${file}: ${is}`,
  }))

function judged<T>(what: string, fact: Fact<T>, judge: (is: T) => { held: boolean; said: string }): Finding {
  if ('unknown' in fact) return { what, outcome: 'unknown', said: fact.unknown }
  const { held, said } = judge(fact.is)
  return { what, outcome: held ? 'held' : 'not held', said }
}

function seen<T>(fact: Fact<unknown>, read: (answer: unknown) => T): Fact<T> {
  if ('unknown' in fact) return fact
  try {
    return { is: read(fact.is) }
  } catch (error) {
    if (!(error instanceof NixcumberError)) throw error
    return { unknown: error.message.split('\n')[0] ?? '' }
  }
}
