/** What the installation takes, and what it leaves. */
import { minutes } from '../../core/time/duration.ts'
import type { Fact } from '../../probe/fact.ts'
import type { TargetOs } from '../facts/system.ts'
import { isRecent } from '../judge/backup.ts'
import { keepsHostKey } from '../judge/host-key.ts'
import { hasMemory } from '../judge/memory.ts'
import type { Judgement } from '../judgement.ts'
import { needs, target } from '../testing/facts.ts'
import type { TargetRow, TargetTable } from './row.ts'

const MIB = 1024 ** 2
const RESCUE: TargetOs = { id: 'debian', idLike: [] }
const INSTALLER: TargetOs = { id: 'nixos', idLike: [], variantId: 'installer' }
const script = 300 * MIB
const initrd = { is: 700 * MIB }
const memory = (total: number, available: number) => ({ total: total * MIB, available: available * MIB })

const KEY = { type: 'ssh-ed25519', fingerprint: 'SHA256:a' }
const hostKeys = [{ path: '/etc/ssh/ssh_host_ed25519_key', fingerprint: 'SHA256:a' }]

const hours = (count: number) => minutes(60 * count)
const days = (count: number) => hours(24 * count)
const NOW = new Date('2026-12-01T12:00:00Z')
const backup = (
  outcome: Judgement['is'],
  what: string,
  last: Fact<Date | undefined> | undefined,
  says?: RegExp,
): TargetRow => [outcome, what, isRecent(last, days(1), NOW), says]
const before = (ms: number): Fact<Date> => ({ is: new Date(NOW.getTime() - ms) })

export const installerRows: TargetTable = {
  'the target has memory for the installer': [
    ['held', 'enough for a tarball', hasMemory(target({ os: RESCUE, memory: memory(2000, 100) }), { initrd, script })],
    [
      'held',
      'an installer with enough to spare',
      hasMemory(target({ os: INSTALLER, memory: memory(2000, 900) }), { script }),
    ],
    [
      'not held',
      'too little in all',
      hasMemory(target({ os: RESCUE, memory: memory(1500, 1400) }), { initrd, script }),
      /^the target has 1500 MiB$/,
    ],
    [
      'not held',
      'too little to spare',
      hasMemory(target({ os: INSTALLER, memory: memory(4000, 800) }), { initrd, script }),
      /800 MiB free/,
    ],
    [
      'unknown',
      'how large the installer is',
      hasMemory(target({ os: RESCUE, memory: memory(8000, 8000) }), { script }),
      /how large the installer is/,
    ],
    [
      'unknown',
      'a tarball that cannot be measured',
      hasMemory(target({ os: RESCUE, memory: memory(8000, 8000) }), { initrd: { unknown: 'zstd failed' }, script }),
      /zstd failed/,
    ],
    ['unknown', 'no /proc', hasMemory(target({ os: RESCUE }, { memory: 'no /proc' }), { initrd, script }), /no \/proc/],
    [
      'unknown',
      'what runs there',
      hasMemory(target({ memory: memory(8000, 8000) }, { os: 'no os-release' }), { initrd, script }),
      /os-release/,
    ],
  ],
  'the host key of the target is kept': [
    ['held', 'sshd reads the file that is copied', keepsHostKey(target({ hostKeys }), KEY, needs({}))],
    [
      'not held',
      'sshd reads another',
      keepsHostKey(target({ hostKeys }), KEY, needs({ hostKeys: ['/persist/ssh_host_ed25519_key'] })),
      /^sshd of the host reads \/persist/,
    ],
    [
      'not held',
      'its root is in memory, or something is mounted over it',
      keepsHostKey(target({ hostKeys }), KEY, needs({ keepsEtcSsh: false })),
      /^after a boot \/etc\/ssh/,
    ],
    [
      'not held',
      'it is not where it would be copied from',
      keepsHostKey(target({ hostKeys: [] }), KEY, needs({})),
      /none of the keys in \/etc\/ssh/,
    ],
    ['not held', 'no sshd', keepsHostKey(target({ hostKeys }), KEY, needs({ sshd: false })), /no sshd/],
    [
      'unknown',
      'by which key it was entered',
      keepsHostKey(target({ hostKeys }), undefined, needs({})),
      /by which key/,
    ],
    [
      'unknown',
      'no /etc/ssh',
      keepsHostKey(target({}, { hostKeys: 'there is no /etc/ssh' }), KEY, needs({})),
      /no \/etc\/ssh/,
    ],
  ],
  'a backup of the target is not older than {duration}': [
    backup('held', 'of this morning', before(hours(4).ms)),
    backup('held', 'just as old', before(days(1).ms)),
    backup('held', 'by a clock that is a little ahead', before(-minutes(2).ms)),
    backup(
      'not held',
      'of three days ago',
      before(days(3).ms),
      /^the last one is of 2026-11-28T12:00:00\.000Z, 3 days ago$/,
    ),
    backup('not held', 'none at all', { is: undefined }, /^there is no backup$/),
    backup('unknown', 'nothing is declared', undefined, /no backup is declared/),
    backup('unknown', 'a command that failed', { unknown: 'it ended with 2' }, /ended with 2/),
    backup('unknown', 'from the future', before(-hours(4).ms), /from the future/),
  ],
}
