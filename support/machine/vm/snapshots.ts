import { rm } from 'node:fs/promises'
import { argv } from '../../core/command.ts'
import { EnvironmentBroken } from '../../core/errors.ts'
import { Deadline } from '../../core/time/deadline.ts'
import { minutes } from '../../core/time/duration.ts'
import type { Shell } from '../../shell/shell.ts'
import { cannotBeSaved } from '../snapshot/migration.ts'
import { type ResumedVm, resumeSnapshot, verifyAndSyncClock } from '../snapshot/resume.ts'
import { saveSnapshot } from '../snapshot/save.ts'
import type { SnapshotFiles } from '../snapshot/snapshot-files.ts'
import { waitUntilIdle } from '../snapshot/wait-until-idle.ts'
import type { VmRuntime } from './vm-runtime.ts'

/** A state, and where in this run's transcript it was. */
interface Snapshot {
  readonly state: SnapshotFiles
  readonly bootedAt: number
  readonly position: number
}

/** A resumed machine that has been spoken with, where that is possible before it takes over. */
interface Standby {
  readonly resumed: ResumedVm
  /** The shell it was spoken with. */
  readonly shell: Shell | undefined
}

const RESUME_TIMEOUT = minutes(2)
/** Under emulation every program is translated anew in a new QEMU: a standby has done that for the most usual question while it waits. */
const WARM_UP_COMMAND = argv('systemctl', 'show', '--property=ActiveState,SubState', '--', 'init.scope')

/** The ways back of one machine in QEMU: states saved by name, and a standby machine that waits in one of them. */
export class Snapshots implements AsyncDisposable {
  readonly #runtime: VmRuntime
  readonly #secondsToReady: number
  readonly #snapshots = new Map<string, Snapshot>()
  readonly #over = new AbortController()
  #standby: { readonly point: Snapshot; readonly made: Promise<Standby> } | undefined

  constructor(power: VmRuntime, secondsToReady: number) {
    this.#runtime = power
    this.#secondsToReady = secondsToReady
  }

  has(name: string): boolean {
    return this.#snapshots.has(name)
  }

  /**
   * Saves the machine as it is now, in place of what was saved under that name.
   * @param folder where to, a new one; in the machine's own folder unless told otherwise, where it goes with the machine
   * @throws NotSupported when something in the machine forbids it, with the option that helps; EnvironmentBroken on a full disk
   */
  async save(name: string, folder = this.#runtime.newFolder('saved')): Promise<void> {
    if (!this.#runtime.qemuEnd) await waitUntilIdle(await this.#runtime.shell())
    const { qemu, dir, bootScene: scene, nics, bootId } = this.#runtime
    if (qemu.end || bootId === undefined) throw cannotBeSaved(scene.name, 'it does not run')
    if (nics.any) throw cannotBeSaved(scene.name, 'it is on a network with other machines')
    let { position } = scene.console
    const printed = () => {
      position = scene.console.position
      return scene.console.since(scene.from)
    }
    const awaitsAnswer = () => this.#runtime.awaitsAnswer
    const subject = { name: scene.name, qmp: qemu.qmp, dir, printed, awaitsAnswer }
    const known = { bootId, secondsToReady: this.#secondsToReady }
    const state = await saveSnapshot(subject, folder, known)
    this.register(name, state, { bootedAt: scene.from, position })
  }

  /** A state that is there already, from an earlier run. */
  register(name: string, state: SnapshotFiles, at: Omit<Snapshot, 'state'>): void {
    this.#snapshots.set(name, { state, ...at })
  }

  /** A saved state was moved. */
  relocate(name: string, state: SnapshotFiles): void {
    const point = this.#snapshots.get(name)
    if (point) this.#snapshots.set(name, { ...point, state })
  }

  /** Wakes a standby in the background, so that `restore` finds it ready; in place of one in another state. */
  warmUp(name: string): void {
    const point = this.#snapshots.get(name)
    if (!point || this.#standby?.point === point) return
    const made = this.#dropStandby().then(() => this.#resume(point, Deadline.after(RESUME_TIMEOUT)))
    // A failure is told when it is taken.
    made.then(({ shell }) => shell?.run(WARM_UP_COMMAND, { attempt: RESUME_TIMEOUT })).catch(() => {})
    this.#standby = { point, made }
  }

  /**
   * Takes the machine back to the saved state, whatever has become of it: another QEMU takes over, the former one ends.
   * @throws EnvironmentBroken when it cannot be resumed, or is another boot than the one that was saved
   */
  async restore(name: string, deadline: Deadline): Promise<void> {
    const point = this.#snapshots.get(name)
    if (!point) throw new EnvironmentBroken(`No state "${name}" of machine "${this.#runtime.bootScene.name}" was saved`)
    const { resumed, shell: standbyShell } = (await this.#takeStandby(point)) ?? (await this.#resume(point, deadline))
    const former = this.#runtime.dir
    const shell = await this.#runtime.switchTo(resumed, {
      ...point,
      bootId: point.state.about.bootId,
      because: `back to "${name}"`,
    })
    await rm(former, { recursive: true, force: true })
    if (!standbyShell) await verifyAndSyncClock(shell, point.state, deadline)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#over.abort()
    await this.#dropStandby()
  }

  /** One in another state, of the same name it may be, is none; nor is one that has died while it waited. */
  async #takeStandby(point: Snapshot): Promise<Standby | undefined> {
    const made = this.#standby?.point === point ? await this.#standby.made.catch(() => undefined) : undefined
    if (!made || made.resumed.qemu.end) await this.#dropStandby()
    this.#standby = undefined
    return made?.resumed.qemu.end ? undefined : made
  }

  async #dropStandby(): Promise<void> {
    const standby = this.#standby
    this.#standby = undefined
    const made = await standby?.made.catch(() => undefined)
    await made?.resumed[Symbol.asyncDispose]()
  }

  async #resume(point: Snapshot, deadline: Deadline): Promise<Standby> {
    const { resumeTarget: bed, access } = this.#runtime
    const dir = this.#runtime.newFolder('q')
    const resumed = await resumeSnapshot(point.state, { ...bed, dir, signal: this.#over.signal }, deadline)
    const shell = access.openIn(dir)
    try {
      if (shell) await verifyAndSyncClock(shell, point.state, deadline)
      return { resumed, shell }
    } catch (error) {
      await resumed[Symbol.asyncDispose]()
      throw error
    }
  }
}
