import { sh } from '../core/command.ts'
import { seconds } from '../core/duration.ts'
import type { Probe } from './probe.ts'
import { answers, inSections } from './sections.ts'

/** What identifies a running NixOS; every word is empty where the machine has no such thing. */
export interface NixosFacts {
  /** Store path behind /run/current-system: what is active now. */
  readonly toplevel: string
  /** Store path behind /run/booted-system: what it was booted with. */
  readonly booted: string
  /** Whether kernel, initrd and modules are still those of the boot; nixos-rebuild asks the same. */
  readonly rebootNeeded: boolean
  readonly version: string
  /** Number of the active generation of the system profile. */
  readonly generation: string
  readonly kernel: string
  readonly systemd: string
  readonly bootId: string
  readonly hostname: string
  readonly timeZone: string
}

const KERNEL_PARTS = ['kernel', 'initrd', 'kernel-modules']

/** The system's identity, for sentences about it and for the facts of run.json. */
export const nixos: Probe<void, NixosFacts> = {
  budget: seconds(10),
  describe: () => 'the running system',
  command: () =>
    inSections(
      sh`readlink -f /run/current-system`,
      sh`readlink -f /run/booted-system`,
      sh`cd /run/current-system 2>/dev/null && readlink -f ${KERNEL_PARTS}`,
      sh`cd /run/booted-system 2>/dev/null && readlink -f ${KERNEL_PARTS}`,
      sh`nixos-version 2>/dev/null`,
      sh`readlink /nix/var/nix/profiles/system`,
      sh`uname -r`,
      sh`systemctl --version | head -n 1`,
      sh`cat /proc/sys/kernel/random/boot_id`,
      sh`cat /proc/sys/kernel/hostname`,
      sh`readlink -f /etc/localtime`,
    ),
  parse(result) {
    const words = answers(result, 'The running system', 11).map(({ text }) => text)
    const [toplevel = '', booted = '', now, then, version = '', profile = '', kernel = '', systemd = ''] = words
    const [bootId = '', hostname = '', zone = ''] = words.slice(8)
    return {
      toplevel: toplevel.startsWith('/nix/store/') ? toplevel : '',
      booted: booted.startsWith('/nix/store/') ? booted : '',
      rebootNeeded: now !== then,
      version,
      generation: /^system-(\d+)-link$/.exec(profile)?.[1] ?? '',
      kernel,
      systemd: systemd.replace(/^systemd (\S+).*/, '$1'),
      bootId,
      hostname,
      timeZone: /\/zoneinfo\/(.+)$/.exec(zone)?.[1] ?? 'UTC',
    }
  },
}
