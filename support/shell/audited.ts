import { ConnectionLost, NixcumberError } from '../core/errors.ts'
import type { Shell } from './shell.ts'

/** A command that was sent to a live host, and what came of it. What it was given on standard input is not told. */
export interface Sent {
  /** When it was sent, ISO. */
  readonly time: string
  readonly machine: string
  readonly user: string
  readonly sudo: boolean
  /** The step it was sent for; nobody's when it is the harness's own. */
  readonly from?: string
  readonly script: string
  readonly exitCode?: number
  readonly milliseconds: number
  readonly error?: string
}

interface Teller {
  readonly machine: string
  who(): { readonly user: string; readonly sudo: boolean }
  tell(sent: Sent): void
}

/** The same shell; what goes through it is told when it is over. */
export const audited = (shell: Shell, { machine, who, tell }: Teller): Shell => ({
  transport: shell.transport,
  async run(command, limits) {
    const start = performance.now()
    const time = new Date().toISOString()
    const from = limits.from === undefined ? {} : { from: limits.from }
    const say = (rest: Pick<Sent, 'exitCode' | 'error'>): void => {
      const milliseconds = Math.round(performance.now() - start)
      tell({ time, machine, ...who(), ...from, script: command.script, milliseconds, ...rest })
    }
    try {
      const result = await shell.run(command, limits)
      say({ exitCode: result.exitCode })
      return result
    } catch (error) {
      say({ error: first(error) })
      throw error
    }
  },
  [Symbol.asyncDispose]: () => shell[Symbol.asyncDispose](),
})

function first(error: unknown): string {
  if (error instanceof ConnectionLost) return error.message.split('\n')[0] ?? ''
  return error instanceof NixcumberError ? (error.message.split('\n')[0] ?? '') : 'given up'
}
