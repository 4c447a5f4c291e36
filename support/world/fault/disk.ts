/** A disk without room: one hidden file takes all of it. */
import { sh } from '../../core/command.ts'
import { refuse } from '../../core/refusal.ts'
import { minutes } from '../../core/time/duration.ts'
import type { Machine } from '../../machine/machine.ts'
import { type Mount, mounts } from '../../probe/mounts.ts'
import { runChecked } from '../machines/run-checked.ts'
import type { NixWorld } from '../world.ts'

const FILE = '.nixcumber-fills-this-disk'
const TOUCH_NOTHING = new Set([
  'proc',
  'sysfs',
  'devpts',
  'cgroup2',
  'bpf',
  'tracefs',
  'debugfs',
  'securityfs',
  'mqueue',
])

/**
 * Leaves not one block, not even of those that are reserved for root. Most of it is allocated without being written; the rest,
 * and file systems that cannot do that, are filled with zeroes. Proof is a write that fails.
 * @throws UsageError when nothing is mounted there, or nothing can be written there
 */
export async function fillDisk(world: NixWorld, machine: Machine, point: string): Promise<void> {
  refuseOddMount(machine, point, await mountsOf(world, machine))
  const script = sh`cd ${point} || exit
file=${FILE} proof=${FILE}.proof
free() { set -- $(stat -f -c '%f %S' .); echo $(($1 * $2)); }
size=0 length=$(free)
while [ "$length" -ge 65536 ]; do
  if fallocate -o "$size" -l "$length" "$file" 2>/dev/null; then size=$((size + length)) length=$(free); else length=$((length * 3 / 4)); fi
done
for round in 1 2 3 4 5 6 7 8; do
  dd if=/dev/zero of="$file" bs=64K oflag=append conv=notrunc 2>/dev/null
  sync -f . 2>/dev/null
  dd if=/dev/zero of="$file" bs=512 oflag=append conv=notrunc 2>/dev/null
  if head -c 8192 /dev/zero 2>/dev/null >"$proof"; then rm -f "$proof"; else
    rm -f "$proof"
    dd if=/dev/zero of="$file" bs=512 oflag=append conv=notrunc 2>/dev/null
    exit 0
  fi
done
echo "it still took 8192 bytes" >&2
exit 1`
  await runChecked(world, machine, script, {
    failed: `The disk of "${point}" on ${machine.name} was not filled`,
    attempt: minutes(5),
  })
}

/** @throws UsageError when no sentence filled it */
export async function emptyDisk(world: NixWorld, machine: Machine, point: string): Promise<void> {
  const file = `${point.replace(/(?<!\/)\/+$/, '')}/${FILE}`
  const failed = `The disk of "${point}" on ${machine.name} was not given room again`
  const { exitCode } = await runChecked(world, machine, sh`test -e ${file} || exit 3; rm -f ${file}`, {
    failed,
    answers: [3],
  })
  if (exitCode === 3)
    throw refuse({
      what: `The disk of "${point}" on ${machine.name} was not filled by a sentence: there is nothing to take back`,
      next: `begin with: When the disk of "${point}" is full`,
    })
}

async function mountsOf(world: NixWorld, machine: Machine): Promise<readonly Mount[]> {
  return mounts.parse(
    await runChecked(world, machine, mounts.command(), { failed: `The mounts of ${machine.name} were not told` }),
  )
}

export function refuseOddMount({ name }: Pick<Machine, 'name'>, point: string, all: readonly Mount[]): void {
  const usable = all.filter(({ type, readOnly }) => !readOnly && !TOUCH_NOTHING.has(type))
  const mount = all.find(each => each.point === point)
  if (usable.some(each => each.point === point)) return
  throw refuse({
    what: mount ? `Nothing can be written to "${point}" on ${name}` : `Nothing is mounted at "${point}" on ${name}`,
    expected: 'the mount point of a file system that can be written to',
    got: mount ? `${point}, ${mount.readOnly ? 'mounted read-only' : `a ${mount.type}`}` : point,
    known: usable.map(each => each.point),
  })
}
