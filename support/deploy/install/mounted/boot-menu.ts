/** What a boot loader below /mnt starts when nothing is chosen, as the same files are read on a machine that runs. Pure. */

import type { BootEntry } from '../../../probe/boot/boot-entry.ts'
import { type BootFiles, GRUB } from '../../../probe/boot/boot-files.ts'
import { entryOfGrub } from '../../../probe/boot/grub.ts'
import { entryOfSystemdBoot } from '../../../probe/boot/systemd-boot.ts'
import type { Fact } from '../../../probe/fact.ts'

/** A file of a boot loader, by its path in the installed system. */
export interface LoaderFile {
  readonly file: string
  readonly text: string
}

export interface Menu {
  readonly loader: 'GRUB' | 'systemd-boot'
  readonly entry: Fact<BootEntry>
}

const CONF = '/loader/loader.conf'

/** Of each boot loader that has a menu there. What firmware holds is this computer's own, and says nothing of a loader that has never run. */
export function menusOf(found: readonly LoaderFile[]): readonly Menu[] {
  const texts = new Map(found.map(({ file, text }) => [file, text]))
  const roots = [...texts.keys()].filter(file => file.endsWith(CONF)).map(file => file.slice(0, -CONF.length))
  const files = { ...NOTHING, texts, roots }
  return [
    ...(texts.has(`${GRUB}/grub.cfg`) ? [{ loader: 'GRUB', entry: entryOfGrub(files) } as const] : []),
    ...(roots.length > 0 ? [{ loader: 'systemd-boot', entry: entryOfSystemdBoot(files) } as const] : []),
  ]
}

const NOTHING: Omit<BootFiles, 'texts' | 'roots'> = {
  ...{ isUefi: false, variables: undefined, images: [], closed: [], compared: [], files: new Map() },
  system: { toplevel: '', kernel: '', initrd: '', parameters: '', hasSecrets: false },
}

/** The system that an entry starts, by `init=`. */
export const systemOf = ({ words }: BootEntry): string | undefined =>
  words.map(word => /^init=(\/nix\/store\/[^/]+)\/init$/.exec(word)?.[1]).find(system => system !== undefined)
