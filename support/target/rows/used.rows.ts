import type { BlockDevice } from '../facts/disks.ts'
import type { TargetFacts } from '../facts.ts'
import { nothingElseHangs } from '../judge/hangs.ts'
import type { Judgement } from '../judgement.ts'
import { device, part, target } from '../testing/facts.ts'
import type { TargetRow } from './row.ts'

const UNUSED = { namespaceMounts: [], openDevices: [], deviceExports: [] }
const DATA = part('/dev/sda1', { name: 'sda1', number: '8:1', fileSystem: 'ext4' })
const VOLUME = device('/dev/mapper/main-vm', { name: 'dm-3', type: 'lvm' })
const on = (more: Parameters<typeof target>[0], unknown = {}, children: readonly BlockDevice[] = [DATA]): TargetFacts =>
  target(
    { disks: [device('/dev/sda', { children }), device('/dev/sdb')], userId: 0, volumes: [], ...UNUSED, ...more },
    unknown,
  )
const row = (outcome: Judgement['is'], what: string, facts: TargetFacts, says?: RegExp): TargetRow => [
  outcome,
  what,
  nothingElseHangs(facts, ['/dev/sda']),
  says,
]

const mount = (number: string, source: string) => ({
  namespaceMounts: [{ program: 'conmon', process: 77, number, source, point: '/srv/data' }],
})
const open = (path: string, program = 'qemu-system-x86') => ({ openDevices: [{ program, process: 812, path }] })
const exported = (path: string) => ({ deviceExports: [{ by: 'the iSCSI target', path }] })
const OLD = part('/dev/sda1', { number: '8:1', mountPoints: ['/'] })

/** What uses a disk and is no child of it. */
export const usedRows: readonly TargetRow[] = [
  row(
    'held',
    'other disks are used',
    on({ ...mount('8:16', '/dev/sdb'), ...open('/dev/sdb'), ...exported('/dev/sdb') }),
  ),
  row('held', 'udev looks at it', on(open('/dev/sda', '(udev-worker)'))),
  row(
    'held',
    'a service of the old system, which runs from it, has mounts of its own',
    on(mount('8:1', '/dev/sda1'), {}, [OLD]),
  ),
  row(
    'not held',
    'it is mounted in another namespace',
    on(mount('8:1', '/dev/root')),
    /^\/dev\/sda1 is mounted at \/srv\/data in a mount namespace of its own, by conmon \(process 77\)$/,
  ),
  row(
    'not held',
    'it is a btrfs there, whose number is its own',
    on(mount('0:44', '/dev/sda1')),
    /^\/dev\/sda1 is mounted/,
  ),
  row(
    'not held',
    'a virtual machine has it',
    on(open('/dev/sda1')),
    /^\/dev\/sda1 is held open by qemu-system-x86 \(process 812\)$/,
  ),
  row('not held', 'a virtual machine has a volume of it', on(open('/dev/dm-3'), {}, [VOLUME]), /main-vm is held open/),
  row('not held', 'it is exported', on(exported('/dev/sda')), /^\/dev\/sda is exported by the iSCSI target$/),
  row(
    'unknown',
    'open files are not told',
    on({}, { openDevices: 'ls is not there' }),
    /what else uses its disks is not known: ls is not/,
  ),
  row('unknown', 'namespaces are not told', on({}, { namespaceMounts: 'awk is not there' }), /awk is not there/),
  row('unknown', 'exports are not told', on({}, { deviceExports: 'configfs' }), /configfs/),
]
