import { join } from 'node:path'
import { EnvironmentBroken } from '../../core/errors.ts'
import { rows, tail } from '../../core/text/text.ts'
import type { Deadline } from '../../core/time/deadline.ts'
import { seconds } from '../../core/time/duration.ts'
import { withTimeout } from '../../core/time/with-timeout.ts'
import type { MachineTools } from '../../nix/toolchain.ts'
import { type ProcessEnd, ProcessGroup } from '../runtime/process-group.ts'
import { environmentOf } from '../runtime/runtime-dir.ts'
import { Qmp } from './qmp.ts'

/** How to start the QEMU of a machine; complete but for QMP. Its console must be on its standard streams. */
export interface QemuLaunch {
  readonly argv: readonly [string, ...string[]]
  readonly env: Readonly<Record<string, string>>
  /** Folder for everything it writes; also its working directory. */
  readonly dir: string
  /** Other folders that it may write to: where states of it are kept. */
  readonly writable?: readonly string[]
  readonly tools: MachineTools
  readonly kvm: boolean
}

/** Why a QEMU process is gone: `guest` when the machine switched itself off, `killed` when we did it, else `died`. */
export type QemuEnd = { readonly by: 'guest' | 'killed' | 'died'; readonly how: string }

const STDERR_DRAIN_TIME = seconds(1)

export const qmpSocket = (dir: string): string => join(dir, 'qmp')

/** One running QEMU, from its start to its end, with its QMP connection. */
export class QemuProcess implements AsyncDisposable {
  readonly group: ProcessGroup
  readonly qmp: Qmp
  readonly #errors: () => string
  readonly ended: Promise<QemuEnd>
  #killed = false
  #guestSwitchedOff = false
  #end: QemuEnd | undefined

  private constructor(group: ProcessGroup, qmp: Qmp, errors: () => string) {
    this.group = group
    this.qmp = qmp
    this.#errors = errors
    qmp.listen(({ event, data }) => {
      if (event === 'SHUTDOWN' && data.guest === true) this.#guestSwitchedOff = true
    })
    this.ended = group.ended.then(end => {
      this.#end = { by: this.#endedBy(end), how: describeEnd(end) }
      return this.#end
    })
  }

  /**
   * Starts it and connects QMP.
   * @param attach called with the process before its first output
   * @throws EnvironmentBroken when it ends before it can be talked to
   */
  static async start(
    launch: QemuLaunch,
    deadline: Deadline,
    attach: (group: ProcessGroup) => void,
  ): Promise<QemuProcess> {
    const { argv, dir, writable = [], tools, kvm } = launch
    const env = { ...launch.env, ...environmentOf(dir) }
    const group = ProcessGroup.start(tools.wrap(argv, { cwd: dir, env, writable: [dir, ...writable], kvm }), dir)
    attach(group)
    const errors = collect(group)
    const gone = new AbortController()
    void group.ended.then(end => gone.abort(neverStarted(argv[0], end, errors() || (group.failure ?? ''))))
    try {
      const qmp = await Qmp.connect(qmpSocket(dir), deadline, gone.signal)
      return new QemuProcess(group, qmp, errors)
    } catch (error) {
      // Its socket closes a moment before it ends by itself, and how it ended is what there is to tell.
      await withTimeout(group.ended, STDERR_DRAIN_TIME, () => new Error('it lives')).catch(() => {})
      await group[Symbol.asyncDispose]()
      throw gone.signal.reason instanceof EnvironmentBroken && group.end ? gone.signal.reason : error
    }
  }

  /** Undefined while it runs. */
  get end(): QemuEnd | undefined {
    return this.#end ?? (this.group.end && { by: this.#endedBy(this.group.end), how: describeEnd(this.group.end) })
  }

  /** What QEMU itself complained about. */
  get errors(): string {
    return this.#errors()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#killed ||= this.end === undefined
    await this.group[Symbol.asyncDispose]()
    this.qmp[Symbol.dispose]()
  }

  #endedBy(end: ProcessEnd): QemuEnd['by'] {
    if (this.#killed) return 'killed'
    return this.#guestSwitchedOff && end.code === 0 ? 'guest' : 'died'
  }
}

function collect(group: ProcessGroup): () => string {
  let text = ''
  group.stderr.on('data', (bytes: Buffer) => {
    text = (text + bytes.toString()).slice(-16_384)
  })
  return () => text
}

function describeEnd({ code, signal }: ProcessEnd): string {
  const number = (code ?? 0) - 128
  const name = signal ?? { 4: 'SIGILL', 6: 'SIGABRT', 7: 'SIGBUS', 9: 'SIGKILL', 11: 'SIGSEGV', 15: 'SIGTERM' }[number]
  return name ? `killed by ${name}` : `ended with ${code}`
}

const neverStarted = (program: string, end: ProcessEnd, errors: string): EnvironmentBroken =>
  new EnvironmentBroken(
    `QEMU did not start\n${rows({ Program: program, Ended: describeEnd(end), Said: tail(errors, 10) })}`.trimEnd(),
  )
