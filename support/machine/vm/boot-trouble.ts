/** What on a console ends all hope that the machine gets ready. */
export interface BootTrouble {
  /** Completes "it …". */
  readonly what: string
  /** The line that says so. */
  readonly line: string
  readonly next?: string
  /** What it asks at its console. */
  readonly asks?: string
}

interface Sign {
  readonly pattern: RegExp
  readonly what: string
  readonly next?: string
}

/** Wording of the kernel, of systemd (src/shared/base-filesystem.c, emergency.service), and of NixOS's stage 1 and 2. */
const SIGNS: readonly Sign[] = [
  { pattern: /Kernel panic - not syncing.*/, what: 'panicked' },
  { pattern: /double fault: 0000.*/, what: 'crashed with a double fault' },
  {
    pattern: /You are in (?:emergency|rescue) mode.*/,
    what: 'ended in emergency mode',
    next: 'a mount or a unit that local-fs.target needs has failed: see the units that have failed',
  },
  { pattern: /Cannot open access to console, the root account is locked.*/, what: 'ended in emergency mode' },
  {
    pattern: /An error occurred in stage 1 of the boot process.*/,
    what: 'stopped in stage 1: its root file system could not be mounted',
    next: 'compare fileSystems and boot.initrd.availableKernelModules with the disks of the machine',
  },
  {
    pattern: /stage 2 init script \([^(\r\n]*\) not found.*/,
    what: 'stopped in stage 1: there is no system on its root',
  },
  { pattern: /Entering emergency mode\. Exit the shell to continue\..*/, what: 'stopped in its initrd' },
  { pattern: /\(initramfs\) .*/, what: 'stopped in its initrd' },
  // systemd-boot (src/boot/boot.c).
  { pattern: /No loader found\. Configuration files in.*/, what: 'found nothing to boot from' },
  { pattern: /(?:No bootable device|Boot failed: not a bootable disk).*/, what: 'found nothing to boot from' },
]

/** The first sign of trouble in a console's text, or undefined while there may be hope. */
export function findBootTrouble(transcript: string): BootTrouble | undefined {
  const found = SIGNS.map(sign => ({ sign, match: sign.pattern.exec(transcript) })).filter(({ match }) => match)
  const [first] = found.sort((a, b) => (a.match?.index ?? 0) - (b.match?.index ?? 0))
  if (!first?.match) return undefined
  const { what, next } = first.sign
  return { what, line: first.match[0].trim(), ...(next === undefined ? {} : { next }) }
}
