import { constants } from 'node:fs'
import { copyFile, mkdir, symlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type Command, sh } from '../../core/command.ts'
import { EnvironmentBroken } from '../../core/errors.ts'
import type { Deadline } from '../../core/time/deadline.ts'
import type { MachineTools } from '../../nix/toolchain.ts'
import type { Shell } from '../../shell/shell.ts'
import { commandIn, waiting } from '../qemu/command-line.ts'
import { type QemuLaunch, QemuProcess } from '../qemu/process.ts'
import { repeatOverlay } from '../qemu/qemu-img.ts'
import { migrateFrom } from './migration.ts'
import { diskFile, ramFile, type SnapshotFiles } from './snapshot-files.ts'

export interface ResumeTarget {
  /** New folder for what the resumed QEMU writes. */
  readonly dir: string
  readonly tools: MachineTools
  readonly kvm: boolean
  /** Aborted when it is not wanted any more. */
  readonly signal?: AbortSignal
}

/** The QEMU of a saved state, in its own folder; it runs, and was not spoken with yet. */
export interface ResumedVm extends AsyncDisposable {
  readonly qemu: QemuProcess
  /** To start it again in the same folder, from its disks. */
  readonly launch: QemuLaunch
}

/**
 * Starts a new QEMU with a saved state in it. A new one, because under emulation the processor's time stamp counter of a QEMU never
 * goes back (system/cpu-timers.c): after `loadvm` the machine's clock would jump forward and watchdogs would bite.
 * @throws EnvironmentBroken when QEMU does not take it
 */
export async function resumeSnapshot(state: SnapshotFiles, bed: ResumeTarget, deadline: Deadline): Promise<ResumedVm> {
  await materializeDisks(state, bed)
  const { dir, tools, kvm, signal } = bed
  const { argv, env } = commandIn(dir, state.about.command)
  const launch: QemuLaunch = { dir, tools, kvm, argv, env }
  const qemu = await QemuProcess.start({ ...launch, argv: waiting(argv) }, deadline, () => {})
  const giveUp = (): void => void qemu[Symbol.asyncDispose]()
  signal?.addEventListener('abort', giveUp, { once: true })
  try {
    signal?.throwIfAborted()
    await migrateFrom(qemu.qmp, ramFile(state.folder))
    await qemu.qmp.execute('cont')
    return { qemu, launch, [Symbol.asyncDispose]: () => qemu[Symbol.asyncDispose]() }
  } catch (error) {
    await qemu[Symbol.asyncDispose]()
    throw new EnvironmentBroken(`A saved machine could not be resumed: ${text(error)}\n${qemu.errors}`.trimEnd(), {
      cause: error,
    })
  } finally {
    signal?.removeEventListener('abort', giveUp)
  }
}

/** Disks that are written to become overlays, so that any number of machines can be resumed from one state at once. */
async function materializeDisks({ folder, about }: SnapshotFiles, { dir, tools }: ResumeTarget): Promise<void> {
  for (const { path, format, readOnly } of about.disks) {
    const [saved, file] = [diskFile(folder, path), join(dir, path)]
    await mkdir(dirname(file), { recursive: true })
    if (readOnly) await symlink(saved, file)
    else if (format === 'qcow2') await repeatOverlay({ disk: saved, format, overlay: file }, { dir, tools })
    else await copyFile(saved, file, constants.COPYFILE_FICLONE)
  }
}

/**
 * The first words to a resumed machine: the time, for its clock stood still while it was saved; it answers its boot id, which proves
 * that it is the same boot. date(1), random(4).
 */
export const syncClock = (): Command => {
  const now = (Date.now() / 1000).toFixed(3)
  return sh`date -u -s @${now} >/dev/null || exit; read -r id </proc/sys/kernel/random/boot_id; echo "$id"`
}

/** An answer that took longer leaves the clock behind by as much: then once more, when what it needs has been read. */
const CLOCK_LAG_MAX_MS = 1000
const CLOCK_SYNC_ATTEMPTS = 4

/** @throws EnvironmentBroken when it is another boot, or a clock that cannot be set */
export async function verifyAndSyncClock(shell: Shell, { about }: SnapshotFiles, deadline: Deadline): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    const asked = deadline.elapsed
    const { exitCode, stdout, stderr } = await shell.run(syncClock(), { attempt: deadline.remaining })
    if (exitCode !== 0)
      throw new EnvironmentBroken(`The clock of a resumed machine could not be set: ${stderr.toString().trim()}`)
    const bootId = stdout.toString().trim()
    if (bootId !== about.bootId)
      throw new EnvironmentBroken(`A resumed machine is in another boot (${bootId}) than the one that was saved`)
    if (deadline.elapsed.ms - asked.ms < CLOCK_LAG_MAX_MS || tries === CLOCK_SYNC_ATTEMPTS) return
  }
}

const text = (error: unknown): string => (error instanceof Error ? error.message : String(error))
