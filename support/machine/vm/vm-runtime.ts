import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Deadline } from '../../core/time/deadline.ts'
import type { Shell } from '../../shell/shell.ts'
import type { GuestAccess } from '../access/guest-access.ts'
import type { Transport } from '../machine.ts'
import { Nics } from '../qemu/nic.ts'
import type { QemuEnd, QemuLaunch, QemuProcess } from '../qemu/process.ts'
import { UserNetwork } from '../qemu/user-network.ts'
import { type ResumedVm, type ResumeTarget, resumeSnapshot } from '../snapshot/resume.ts'
import type { SnapshotFiles } from '../snapshot/snapshot-files.ts'
import type { Scene } from './messages.ts'
import { untilReady } from './until-ready.ts'
import { type ResumePoint, startQemu, type VmRuntimeParts } from './vm-parts.ts'
import { whileRunning } from './while-running.ts'

/** Whichever QEMU runs the machine now, what leads into it, and the wait until it is ready. */
export class VmRuntime {
  readonly network: UserNetwork
  readonly nics: Nics
  readonly access: GuestAccess
  readonly #parts: VmRuntimeParts
  #launch: QemuLaunch
  #qemu: QemuProcess
  #bootId: string | undefined
  #bootedAt = 0
  #folders = 0
  readonly #listeners = new Set<() => void>()

  private constructor(parts: VmRuntimeParts, { qemu, launch }: Pick<ResumedVm, 'qemu' | 'launch'>) {
    this.#parts = parts
    this.#launch = launch
    this.#qemu = qemu
    this.#follow(qemu)
    this.network = new UserNetwork(qemu.qmp, parts.guestAddress)
    this.nics = new Nics(qemu.qmp, launch.dir)
    this.access = parts.enter({
      forward: port => this.network.forward(port),
      bootedAt: () => this.#bootedAt,
      isOff: () => this.#qemu.end !== undefined,
    })
  }

  /** Starts QEMU. The machine is not ready yet: see `untilReady`. @throws EnvironmentBroken */
  static async boot(parts: VmRuntimeParts, deadline: Deadline): Promise<VmRuntime> {
    const { launch } = parts
    return VmRuntime.#of(parts, async () => ({ launch, qemu: await startQemu(parts, launch, deadline) }))
  }

  /** With a QEMU in which the machine goes on as it was saved. @throws EnvironmentBroken */
  static async resumed(
    parts: VmRuntimeParts,
    state: SnapshotFiles,
    deadline: Deadline,
    signal?: AbortSignal,
  ): Promise<VmRuntime> {
    const bed = { ...parts.launch, ...(signal ? { signal } : {}) }
    const power = await VmRuntime.#of(parts, async () => {
      const resumed = await resumeSnapshot(state, bed, deadline)
      parts.line.attach(resumed.qemu.group)
      return resumed
    })
    power.#bootId = state.about.bootId
    return power
  }

  /** Where there is no machine its console has no other end. */
  static async #of(
    parts: VmRuntimeParts,
    running: () => Promise<Pick<ResumedVm, 'qemu' | 'launch'>>,
  ): Promise<VmRuntime> {
    try {
      return new VmRuntime(parts, await running())
    } catch (error) {
      await parts.console[Symbol.asyncDispose]()
      throw error
    }
  }

  get qemu(): QemuProcess {
    return this.#qemu
  }

  /** Undefined before it was ready for the first time. */
  get bootId(): string | undefined {
    return this.#bootId
  }

  /** Folder of the present QEMU. */
  get dir(): string {
    return this.#launch.dir
  }

  /** For another QEMU of this machine. */
  get resumeTarget(): Omit<ResumeTarget, 'dir'> {
    const { tools, kvm } = this.#launch
    return { tools, kvm }
  }

  /** The path of a new, empty folder in the machine's own. */
  newFolder(kind: string): string {
    this.#folders += 1
    const folder = join(this.#parts.home, `${kind}${this.#folders}`)
    mkdirSync(folder)
    return folder
  }

  /** @param via the way in that is to be asked first, unless said */
  async shell(via: Transport = this.access.preferred): Promise<Shell> {
    return whileRunning(await this.access.shell(via), this)
  }

  /** How the present QEMU ended; undefined while it runs. */
  get qemuEnd(): QemuEnd | undefined {
    return this.#qemu.end
  }

  /** See `SerialLine.asked`. */
  get awaitsAnswer(): boolean {
    return this.#parts.line.asked
  }

  /** Where to look when something goes wrong. */
  get bootScene(): Scene {
    const { name, console, answers } = this.#parts
    return { name, console, answers, from: this.#bootedAt }
  }

  /** @throws ConfigurationBroken by the machine's fault, EnvironmentBroken by QEMU's */
  async untilReady(deadline: Deadline): Promise<void> {
    const { line } = this.#parts
    const boot = { line, access: this.access, qemu: this.#qemu, dir: this.dir, after: this.#bootId }
    this.#bootId = await untilReady(boot, () => this.bootScene, deadline)
  }

  /** Ends the present QEMU; the machine goes on in the other one. Gives the shell that is to be asked first. */
  async switchTo({ qemu, launch }: ResumedVm, resumed: ResumePoint): Promise<Shell> {
    await this.#qemu[Symbol.asyncDispose]()
    this.#qemu = qemu
    this.#launch = launch
    this.#bootId = resumed.bootId
    this.#bootedAt = resumed.bootedAt
    this.#parts.console.rewind(resumed.position, resumed.because)
    this.#parts.line.attach(qemu.group)
    this.#follow(qemu)
    await this.network.moveTo(qemu.qmp)
    this.nics.moveTo(qemu.qmp, launch.dir)
    return this.access.reconnect()
  }

  /** Ends QEMU, then what led into the machine: the other way round each shell would wait for a polite goodbye. */
  async end(): Promise<void> {
    await this.#qemu[Symbol.asyncDispose]()
    await this.#parts.console[Symbol.asyncDispose]()
    await this.access[Symbol.asyncDispose]()
  }

  /** Boots the machine that is off, from its disks. @throws ConfigurationBroken, EnvironmentBroken */
  async switchOn(deadline: Deadline): Promise<void> {
    await this.#qemu[Symbol.asyncDispose]()
    await this.access.leave()
    this.#bootedAt = this.#parts.console.position
    this.#qemu = await startQemu(this.#parts, this.#launch, deadline)
    this.#follow(this.#qemu)
    await this.network.moveTo(this.#qemu.qmp)
    this.nics.moveTo(this.#qemu.qmp, this.#launch.dir)
    await this.untilReady(deadline)
  }

  /** Calls the listener when the QEMU of then ends, until it is taken off again by the returned function. */
  onExit(listener: () => void): () => void {
    this.#listeners.add(listener)
    if (this.#qemu.end) listener()
    return () => this.#listeners.delete(listener)
  }

  /** A machine may be reset by itself, too: then what its console says belongs to a new boot. */
  #follow({ qmp, ended }: QemuProcess): void {
    void ended.then(() => {
      for (const listener of [...this.#listeners]) listener()
    })
    qmp.listen(({ event }) => {
      if (event !== 'RESET') return
      this.#bootedAt = this.#parts.console.position
      this.nics.restarted()
    })
  }
}
