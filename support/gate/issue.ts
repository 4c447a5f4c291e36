/** A verdict made of what was found. */
import { randomBytes } from 'node:crypto'
import type { Duration } from '../core/time/duration.ts'
import { judge } from './judge.ts'
import { oneLine } from './one-line.ts'
import { type Evidence, FORMAT, type Level, type VerdictDocument, verdictSchema } from './verdict.ts'

type Given = Omit<Evidence, 'format' | 'level' | 'notLookedAt' | 'issued' | 'expires' | 'nonce'>

export interface Terms {
  readonly level: Level
  readonly now: Date
  readonly valid: Duration
  /** Besides what is never looked at. */
  readonly notLookedAt: readonly string[]
}

export function issue(given: Given, { level, now, valid, notLookedAt }: Terms): VerdictDocument {
  const evidence: Evidence = {
    ...given,
    format: FORMAT,
    level,
    notLookedAt: [...BEYOND[level](given), ...beyondAny(given), ...notLookedAt.map(oneLine)],
    issued: second(now),
    expires: second(new Date(now.getTime() + valid.ms)),
    nonce: randomBytes(16).toString('hex'),
  }
  const { word, reasons } = judge(evidence)
  return verdictSchema.parse({ ...evidence, word, reasons: reasons.map(oneLine) })
}

const second = (time: Date): string => time.toISOString().replace(/\.\d+Z$/, 'Z')

/** What a level cannot say, whatever the host is like. */
const BEYOND: Readonly<Record<Level, (given: Given) => string[]>> = {
  vm: ({ diskScript, disks }) => [
    'installation: the system was built, and not installed; the machine that was booted is the host and the harness',
    'partitions and boot loader: a virtual machine has its own',
    diskScript ? 'the disk script: built, and not run' : noScript(disks),
  ],
  installed: () => [
    'the disks as they are: virtual ones stood for them, empty and of another size',
    'the network as the host has it: that of QEMU, with DHCP, stood for it',
  ],
}

const beyondAny = ({ inputs, target }: Given): string[] => [
  target === null
    ? 'the machine that is to be wiped: its disks, firmware, drivers and network'
    : 'how firmware, disks and cards of the target do with this system: they were looked at, and not tried',
  ...(inputs === 'offline' ? ['the real inputs, and the lock: look-alikes stand for them'] : []),
  ...(target?.wiped ? ['what uses its disks by no process, mount or name below /dev that root sees there'] : []),
  ...(target?.wiped === false ? ['the disks of the target: it was not judged as one that is wiped'] : []),
  ...(isSpentByWipe(target) ? [] : ['whether this verdict is used more than once: used nonces are not kept']),
]

/** Disks that were laid out have other partition tables than those that are bound. */
const isSpentByWipe = (target: Given['target']): boolean => Object.keys(target?.disks ?? {}).length > 0

const noScript = (disks: Given['disks']): string =>
  disks === null
    ? 'a disk script: the host has no config.system.build.diskoScript'
    : 'a disk script: the layout of the host names no disk'
