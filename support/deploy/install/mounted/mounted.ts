/** The installed system, looked at below /mnt of the installer. */
import { minutes } from '../../../core/time/duration.ts'
import type { BootEntry } from '../../../probe/boot/boot-entry.ts'
import type { Fact } from '../../../probe/fact.ts'
import type { Shell } from '../../../shell/shell.ts'
import type { Finding } from '../findings.ts'
import { type Menu, menusOf } from './boot-menu.ts'
import { judgeContents, judgeMenus, judgeProfile, judgeSame, type Wanted } from './judge.ts'
import { type Mounted, mountedCommand, parseMounted, parseSame, sameCommand } from './look.ts'

/** Nix reads its database, and a kernel is compared: on a slow disk. */
const LOOK = minutes(5)
const NAMES = ['kernel', 'initrd'] as const

/** @throws EnvironmentBroken where the installer gives no answer */
export async function lookAtMounted(shell: Shell, wanted: Wanted): Promise<readonly Finding[]> {
  const mounted = parseMounted(await shell.run(mountedCommand(wanted.path), { attempt: LOOK }))
  const { found, entries } = judgeMenus(menusIn(mounted), wanted)
  const compared = await Promise.all(entries.map(entry => compare(shell, entry, wanted)))
  return [judgeProfile(mounted, wanted), judgeContents(mounted, wanted), ...found, ...compared.flat()]
}

const menusIn = ({ files }: Mounted): Fact<readonly Menu[]> => ('is' in files ? { is: menusOf(files.is) } : files)

/** Of several initrds the first is the system's: what follows are secrets of the host. */
async function compare(shell: Shell, { kernel, initrds }: BootEntry, { path }: Wanted): Promise<Finding[]> {
  const started = { kernel, initrd: initrds[0] ?? '' }
  const asked = NAMES.map(name => ({ name, path: started[name] }))
  const said = parseSame(await shell.run(sameCommand(path, asked), { attempt: LOOK }), NAMES.length)
  return NAMES.map((name, i) => judgeSame(name, started[name], said[i]))
}
