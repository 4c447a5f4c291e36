import { createHash, randomUUID } from 'node:crypto'
import { readdir, rename, stat } from 'node:fs/promises'
import { cpus, release } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { argv } from '../../core/command.ts'
import { lock } from '../../core/files/file-lock.ts'
import type { Progress } from '../../core/progress.ts'
import { formatDuration, milliseconds, minutes, seconds } from '../../core/time/duration.ts'
import { fingerprint } from '../fingerprint.ts'
import { type MachinePlan, READY } from '../machine.ts'
import type { Accelerator } from '../qemu/accelerator.ts'
import { deleteSnapshot, readSnapshot, type SnapshotFiles } from '../snapshot/snapshot-files.ts'
import { waitUntilIdle } from '../snapshot/wait-until-idle.ts'
import type { QemuMachine } from './qemu-machine.ts'

/**
 * Its clock is set when it is resumed, and every timer that was due meanwhile fires: of a day, as on a laptop that slept. Of a week would
 * be another machine than one that has just booted.
 */
const MAX_AGE = minutes(24 * 60)
/** To write a state takes seconds. */
const STALE_PARTIAL_AGE = minutes(60)
/** Of a folder that is being written. */
const PARTIAL_SUFFIX = '.new'

/** Where machines are kept for other runs. */
export const cacheFolderOf = (cache: string): string => join(cache, 'machines')

/** How the folder begins in which the machine of this plan is kept for other runs: whatever decides over its memory is in the name. */
export function cacheKey(
  cache: string,
  plan: MachinePlan,
  { accelerator, qemu }: { readonly accelerator: Accelerator; readonly qemu: string },
): string {
  // Under KVM the guest has seen the processor and the kernel of this computer.
  const host = accelerator.name === 'kvm' ? [cpus()[0]?.model, release()] : []
  const key = JSON.stringify([1, fingerprint(plan), accelerator.name, qemu, ...host])
  return join(cacheFolderOf(cache), createHash('sha256').update(key).digest('hex').slice(0, 20))
}

/** The folders of states that are kept as this, whole or not. */
export async function cachedSnapshots(as: string): Promise<string[]> {
  const names = await readdir(dirname(as)).catch(() => [])
  return names
    .filter(name => name.startsWith(`${basename(as)}-`) && !name.endsWith(PARTIAL_SUFFIX))
    .map(name => join(dirname(as), name))
}

interface CacheOptions {
  /** See `cacheKey`. */
  readonly as: string
  readonly name: string
  readonly progress: Progress
  /** The run is over: nothing waits any more. */
  readonly signal: AbortSignal | undefined
  resume(state: SnapshotFiles): Promise<QemuMachine>
  boot(): Promise<QemuMachine>
}

/** Wakes the machine that an earlier run has kept; else boots it and keeps it. Of several runs at once one boots, the others wait. */
export async function resumeOrBoot({ as, name, progress, signal, resume, boot }: CacheOptions): Promise<QemuMachine> {
  const onWait = (): void => progress.note(`Another run boots machine "${name}"; waiting for it`)
  await using _held = await lock(`${as}.lock`, onWait, signal)
  for (const folder of await cachedSnapshots(as)) {
    const state = await readIfFresh(folder)
    if (!state) continue
    try {
      const machine = await resume(state)
      progress.note(`Machine "${name}" goes on where it was ready ${ago(state)} ago; @fresh boots it`)
      return machine
    } catch (error) {
      signal?.throwIfAborted()
      progress.note(`${firstLine(error)}; machine "${name}" is booted instead`)
      await deleteSnapshot(folder)
    }
  }
  const machine = await boot()
  await keep(machine, as).catch(error => progress.note(`${firstLine(error)}; the next run boots it again`))
  return machine
}

async function readIfFresh(folder: string): Promise<SnapshotFiles | undefined> {
  const state = await readSnapshot(folder)
  if (state && Date.now() - state.about.savedAt < MAX_AGE.ms) return state
  await deleteSnapshot(folder)
  return undefined
}

/** One that is not whole is not kept: what went wrong by chance must not go wrong for a day. */
async function keep(machine: QemuMachine, as: string): Promise<void> {
  if (!(await isWhole(machine))) return
  await sweepOld(dirname(as))
  // A name that never comes again: disks of a run that still uses a former state stand on files of that name.
  const folder = `${as}-${randomUUID()}`
  await machine.snapshots.save(READY, `${folder}${PARTIAL_SUFFIX}`)
  await rename(`${folder}${PARTIAL_SUFFIX}`, folder)
  const state = await readSnapshot(folder)
  if (state) machine.snapshots.relocate(READY, state)
}

async function isWhole(machine: QemuMachine): Promise<boolean> {
  const shell = await machine.shell(machine.preferred)
  await waitUntilIdle(shell)
  const { stdout } = await shell.run(argv('systemctl', 'is-system-running'), { attempt: seconds(20) })
  return stdout.toString().trim() === 'running'
}

/** What is being written, by another run, is left alone; what a killed one was writing is not. */
async function sweepOld(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    const path = join(parent, name)
    if (name.endsWith('.lock')) continue
    if (!name.endsWith(PARTIAL_SUFFIX)) await readIfFresh(path)
    else if (Date.now() - (await stat(path)).mtimeMs > STALE_PARTIAL_AGE.ms) await deleteSnapshot(path)
  }
}

const ago = ({ about }: SnapshotFiles): string =>
  formatDuration(milliseconds(Math.round((Date.now() - about.savedAt) / 1000) * 1000))

const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] ?? ''
