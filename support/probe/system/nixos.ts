import { type CommandResult, sh } from '../../core/command.ts'
import { seconds } from '../../core/time/duration.ts'
import type { Fact } from '../fact.ts'
import type { Probe } from '../probe.ts'
import { type Answer, answers, inSections, isMissing, succeeded } from '../sections.ts'

/** What identifies a running NixOS; every word is empty where the machine has no such thing. */
export interface NixosFacts {
  /** Store path behind /run/current-system: what is active now. */
  readonly toplevel: string
  /** Store path behind /run/booted-system: what it was booted with. */
  readonly booted: string
  /** What of the active system only a boot brings in, and is not that of the boot: nixos-rebuild asks for the first three. */
  readonly changedSinceBoot: Fact<readonly BootPart[]>
  readonly version: string
  /** Number of the active generation of the system profile. */
  readonly generation: string
  readonly kernel: string
  readonly systemd: string
  readonly bootId: string
  readonly hostname: string
}

const BOOT_PARTS = ['kernel', 'initrd', 'kernel modules', 'kernel parameters'] as const
export type BootPart = (typeof BOOT_PARTS)[number]
const KERNEL_LINKS = ['kernel', 'initrd', 'kernel-modules']

/**
 * A line for each part, empty where there is none: where the link leads, whether that is in this store or not (a guest's kernel may
 * lie outside), and the parameters, which are one line.
 */
const partsOf = (system: string) =>
  sh`cd ${system} && for part in ${KERNEL_LINKS}; do printf '%s\n' "$(readlink "$part")"; done &&
{ IFS= read -r line || :; } <kernel-params; printf '%s\n' "$line"`

/** The system's identity, for sentences about it and for the facts of run.json. */
export const nixos: Probe<void, NixosFacts> = {
  budget: seconds(10),
  describe: () => 'the running system',
  command: () =>
    inSections(
      sh`readlink -f /run/current-system`,
      sh`readlink -f /run/booted-system`,
      partsOf('/run/current-system'),
      partsOf('/run/booted-system'),
      sh`nixos-version 2>/dev/null`,
      sh`readlink /nix/var/nix/profiles/system`,
      sh`uname -r`,
      sh`systemctl --version | head -n 1`,
      sh`cat /proc/sys/kernel/random/boot_id`,
      sh`cat /proc/sys/kernel/hostname`,
    ),
  parse(result) {
    const said = answers(result, 'The running system', 10)
    const [current, first, now, then, version = '', profile = '', kernel = '', systemd = ''] = said.map(
      ({ text }) => text,
    )
    const [bootId = '', hostname = ''] = said.slice(8).map(({ text }) => text)
    const toplevel = storePath(said[0], current, result)
    return {
      toplevel,
      booted: storePath(said[1], first, result),
      changedSinceBoot: changedSinceBoot(now, then),
      version,
      generation: /^system-(\d+)-link$/.exec(profile)?.[1] ?? '',
      kernel,
      systemd: systemd.replace(/^systemd (\S+).*/, '$1'),
      bootId,
      hostname,
    }
  },
}

/** readlink(1) ends with 1 where the way to the link is not there: no NixOS. */
function storePath(answer: Answer | undefined, path = '', result: CommandResult): string {
  if (answer && (isMissing(answer) || answer.code > 1)) succeeded(answer, 'The running system', result)
  return path.startsWith('/nix/store/') ? path : ''
}

function changedSinceBoot(now = '', then = ''): Fact<readonly BootPart[]> {
  const current = now.split('\n')
  const booted = then.split('\n')
  if (!current[0] || !booted[0])
    return { unknown: 'it has no kernel of its own, or what it was booted with is not there' }
  return { is: BOOT_PARTS.filter((_, i) => (current[i] ?? '') !== (booted[i] ?? '')) }
}
