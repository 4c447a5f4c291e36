import type { Command, CommandResult } from '../../core/command.ts'
import { connectionLost } from '../../shell/command-errors.ts'
import type { RunLimits, Shell } from '../../shell/shell.ts'
import type { QemuEnd } from '../qemu/process.ts'

/** Of a machine in QEMU, as far as its shells ask. */
export interface Powered {
  /** Undefined while it runs. */
  readonly qemuEnd: QemuEnd | undefined
  onExit(listener: () => void): () => void
}

/** The same shell, of a machine that may be switched off: what has no other end any more is told at once, not waited for. */
export const whileRunning = (shell: Shell, machine: Powered): Shell => ({
  transport: shell.transport,
  async run(command, limits) {
    const off = new AbortController()
    const unlisten = machine.onExit(() =>
      off.abort(connectionLost(`the machine is off: ${wordsOf(machine.qemuEnd)}`, command)),
    )
    try {
      off.signal.throwIfAborted()
      return await raced(shell, command, limits, off.signal)
    } finally {
      unlisten()
    }
  },
  [Symbol.asyncDispose]: () => shell[Symbol.asyncDispose](),
})

function raced(shell: Shell, command: Command, limits: RunLimits, off: AbortSignal): Promise<CommandResult> {
  const signal = limits.signal ? AbortSignal.any([limits.signal, off]) : off
  const gone = new Promise<never>((_, reject) => off.addEventListener('abort', () => reject(off.reason)))
  return Promise.race([gone, shell.run(command, { ...limits, signal })])
}

function wordsOf(end: QemuEnd | undefined): string {
  if (end?.by === 'guest') return 'it has switched itself off'
  return end?.by === 'died' ? `its QEMU was lost: ${end.how}` : 'its QEMU was ended'
}
