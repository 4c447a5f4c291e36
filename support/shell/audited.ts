import type { Command } from '../core/command.ts'
import { ConnectionLost, NixcumberError } from '../core/errors.ts'
import type { Shell } from './shell.ts'
import type { Net } from './ssh/kernel-net.ts'

/** A command on its way to a live host; told before it goes, so that a runner that is killed has told of it. Its standard input is not. */
export interface Sent {
  /** Of this command in this record. */
  readonly id: string
  /** ISO. */
  readonly time: string
  readonly machine: string
  readonly user: string
  /** The step it was sent for; none when it is the harness's own. */
  readonly from?: string
  readonly script: string
}

/** What became of it. */
export interface Done {
  readonly id: string
  /** It was root's, by sudo; known only when the connection stands. */
  readonly sudo: boolean
  /** What kept it from changing the host; left out where changes are allowed. */
  readonly nets?: readonly Net[]
  readonly exitCode?: number
  readonly milliseconds: number
  readonly error?: string
}

interface Teller {
  readonly machine: string
  who(): { readonly user: string; readonly sudo: boolean }
  /** Known when the command is over. */
  nets?(command: Command): readonly Net[]
  tell(word: Sent | Done): void
}

let count = 0

/** The same shell; what goes through it is told. */
export const audited = (shell: Shell, { machine, who, nets, tell }: Teller): Shell => ({
  transport: shell.transport,
  async run(command, limits) {
    const start = performance.now()
    const id = `${process.pid}.${++count}`
    const from = limits.from === undefined ? {} : { from: limits.from }
    tell({ id, time: new Date().toISOString(), machine, user: who().user, ...from, script: command.script })
    const say = (rest: Pick<Done, 'exitCode' | 'error'>): void =>
      tell({
        id,
        sudo: who().sudo,
        ...(nets ? { nets: nets(command) } : {}),
        milliseconds: Math.round(performance.now() - start),
        ...rest,
      })
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
