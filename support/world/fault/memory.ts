/** Memory that is short: a file system in memory takes what is too much. */
import { sh } from '../../core/command.ts'
import { EnvironmentBroken } from '../../core/errors.ts'
import { refuse } from '../../core/refusal.ts'
import { minutes } from '../../core/time/duration.ts'
import type { Machine } from '../../machine/machine.ts'
import { clearExpected, order } from '../health/expected-faults.ts'
import { runChecked } from '../machines/run-checked.ts'
import type { NixWorld } from '../world.ts'

const FOLDER = '/run/nixcumber-memory'
const TOO_LITTLE = 3
/** So much more may be left: the kernel frees and takes all the time. */
const ABOUT_MIB = 32
const OOM = 'ran out of memory and killed a process'

/**
 * Takes memory until about that much is left to be had (MemAvailable). A process that the kernel kills for want of memory is
 * what was asked for, and no failure of the machine's health.
 * @throws UsageError with the numbers when less is left already
 */
export async function leaveMemory(world: NixWorld, machine: Machine, mebibytes: number): Promise<void> {
  const script = sh`want=$((${mebibytes} * 1024)) folder=${FOLDER}
available() { while read -r key value _; do case $key in MemAvailable:) echo "$value";; esac; done </proc/meminfo; }
have=$(available)
[ "$have" -ge "$want" ] || { echo "$have"; exit ${TOO_LITTLE}; }
mkdir -p "$folder" && { mount -t tmpfs -o size=100%,mode=0700,noswap nixcumber "$folder" 2>/dev/null || mount -t tmpfs -o size=100%,mode=0700 nixcumber "$folder"; } || exit
for round in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
  gap=$(($(available) - want))
  [ "$gap" -gt 1024 ] || break
  [ "$gap" -lt 65536 ] || gap=$((gap * 9 / 10))
  fallocate -l "$gap"K "$folder/$(ls "$folder" | wc -l)" || break
done
available`
  order(machine, { what: OOM })
  const failed = `The memory of ${machine.name} was not taken`
  const { exitCode, stdout } = await runChecked(world, machine, script, {
    failed,
    attempt: minutes(2),
    answers: [TOO_LITTLE],
  })
  const available = Math.round(Number(stdout.toString()) / 1024)
  if (exitCode === TOO_LITTLE)
    throw refuse({
      what: `Only ${available} MiB of memory are left on ${machine.name} already`,
      expected: `at least ${mebibytes} MiB that can be had (MemAvailable)`,
      next: `name a smaller amount, or give the machine more: machines.${machine.name}.memory in nixcumber.config, or the tag @memory:4GiB`,
    })
  if (available > mebibytes + ABOUT_MIB)
    throw new EnvironmentBroken(
      `${available} MiB of memory are still left on ${machine.name}, not ${mebibytes}: it swaps out whatever is taken\n\n  Next       swapDevices = [ ] in the feature's machine`,
    )
}

/** @throws UsageError when no sentence took it */
export async function freeMemory(world: NixWorld, machine: Machine): Promise<void> {
  const script = sh`grep -q ${` ${FOLDER} `} /proc/self/mounts || exit 3
while grep -q ${` ${FOLDER} `} /proc/self/mounts; do umount ${FOLDER} || exit; done
rmdir ${FOLDER}`
  const failed = `The memory of ${machine.name} was not given back`
  const { exitCode } = await runChecked(world, machine, script, { failed, answers: [3] })
  clearExpected(machine, OOM)
  if (exitCode === 3)
    throw refuse({
      what: `The memory of ${machine.name} was not taken by a sentence: there is nothing to give back`,
      next: 'begin with: When only 50 MiB of memory are left',
    })
}
