import { rm } from 'node:fs/promises'
import { argv } from '../../core/command.ts'
import { Deadline } from '../../core/deadline.ts'
import { minutes } from '../../core/duration.ts'
import { EnvironmentBroken } from '../../core/errors.ts'
import type { Shell } from '../../shell/shell.ts'
import { cannotBeSaved } from '../snapshot/migration.ts'
import { greet, type Woken, wake } from '../snapshot/resume.ts'
import { saveState } from '../snapshot/save.ts'
import type { SavedState } from '../snapshot/snapshot-files.ts'
import { settle } from '../snapshot/wait-until-idle.ts'
import type { QemuPower } from './vm-runtime.ts'

/** A state, and where in this run's transcript it was. */
interface Point {
  readonly state: SavedState
  readonly bootedAt: number
  readonly position: number
}

/** A woken machine that has been spoken with, where that is possible before it takes over. */
interface Spare {
  readonly woken: Woken
  /** The shell it was spoken with. */
  readonly shell: Shell | undefined
}

const WAKING = minutes(2)
/** Under emulation every program is translated anew in a new QEMU: a spare has done that for the most usual question while it waits. */
const WARMING = argv('systemctl', 'show', '--property=ActiveState,SubState', '--', 'init.scope')

/** The ways back of one machine in QEMU: states saved by name, and a spare machine that waits in one of them. */
export class MachineStates implements AsyncDisposable {
  readonly #power: QemuPower
  readonly #secondsToReady: number
  readonly #points = new Map<string, Point>()
  readonly #over = new AbortController()
  #spare: { readonly point: Point; readonly made: Promise<Spare> } | undefined

  constructor(power: QemuPower, secondsToReady: number) {
    this.#power = power
    this.#secondsToReady = secondsToReady
  }

  has(name: string): boolean {
    return this.#points.has(name)
  }

  /**
   * Saves the machine as it is now, in place of what was saved under that name.
   * @param folder where to, a new one; in the machine's own folder unless told otherwise, where it goes with the machine
   * @throws NotSupported when something in the machine forbids it, with the option that helps; EnvironmentBroken on a full disk
   */
  async save(name: string, folder = this.#power.newFolder('saved')): Promise<void> {
    const { entrance } = this.#power
    if (!this.#power.qemu.end) await settle(await entrance.shell(entrance.preferred))
    const { qemu, dir, scene, nics, bootId } = this.#power
    if (qemu.end || bootId === undefined) throw cannotBeSaved(scene.name, 'it does not run')
    if (nics.any) throw cannotBeSaved(scene.name, 'it is on a network with other machines')
    let { position } = scene.console
    const printed = () => {
      position = scene.console.position
      return scene.console.since(scene.from)
    }
    const awaitsAnswer = () => this.#power.awaitsAnswer
    const subject = { name: scene.name, qmp: qemu.qmp, dir, printed, awaitsAnswer }
    const known = { bootId, secondsToReady: this.#secondsToReady }
    const state = await saveState(subject, folder, known)
    this.adopt(name, state, { bootedAt: scene.from, position })
  }

  /** A state that is there already, from an earlier run. */
  adopt(name: string, state: SavedState, at: Omit<Point, 'state'>): void {
    this.#points.set(name, { state, ...at })
  }

  /** A saved state was moved. */
  moved(name: string, state: SavedState): void {
    const point = this.#points.get(name)
    if (point) this.#points.set(name, { ...point, state })
  }

  /** Wakes a spare in the background, so that `restore` finds it ready; in place of one in another state. */
  prepare(name: string): void {
    const point = this.#points.get(name)
    if (!point || this.#spare?.point === point) return
    const made = this.#dropSpare().then(() => this.#wake(point, Deadline.after(WAKING)))
    // Whoever takes it hears of a failure.
    made.then(({ shell }) => shell?.run(WARMING, { attempt: WAKING })).catch(() => {})
    this.#spare = { point, made }
  }

  /**
   * Takes the machine back to the saved state, whatever has become of it: another QEMU takes over, the former one ends.
   * @throws EnvironmentBroken when it cannot be woken, or is another boot than the one that was saved
   */
  async restore(name: string, deadline: Deadline): Promise<void> {
    const point = this.#points.get(name)
    if (!point) throw new EnvironmentBroken(`No state "${name}" of machine "${this.#power.scene.name}" was saved`)
    const { woken, shell: ahead } = (await this.#takeSpare(point)) ?? (await this.#wake(point, deadline))
    const former = this.#power.dir
    const shell = await this.#power.takeOver(woken, {
      ...point,
      bootId: point.state.about.bootId,
      because: `back to "${name}"`,
    })
    await rm(former, { recursive: true, force: true })
    if (!ahead) await greet(shell, point.state, deadline)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#over.abort()
    await this.#dropSpare()
  }

  /** One in another state, of the same name it may be, is none; nor is one that has died while it waited. */
  async #takeSpare(point: Point): Promise<Spare | undefined> {
    const made = this.#spare?.point === point ? await this.#spare.made.catch(() => undefined) : undefined
    if (!made || made.woken.qemu.end) await this.#dropSpare()
    this.#spare = undefined
    return made?.woken.qemu.end ? undefined : made
  }

  async #dropSpare(): Promise<void> {
    const spare = this.#spare
    this.#spare = undefined
    const made = await spare?.made.catch(() => undefined)
    await made?.woken[Symbol.asyncDispose]()
  }

  async #wake(point: Point, deadline: Deadline): Promise<Spare> {
    const { bed, entrance } = this.#power
    const dir = this.#power.newFolder('q')
    const woken = await wake(point.state, { ...bed, dir, signal: this.#over.signal }, deadline)
    const shell = entrance.ahead(dir)
    try {
      if (shell) await greet(shell, point.state, deadline)
      return { woken, shell }
    } catch (error) {
      await woken[Symbol.asyncDispose]()
      throw error
    }
  }
}
