/** Turns a lost connection into what happened to the machine: powered off, panicked, QEMU exited, host unreachable. */

import {
  ConfigurationBroken,
  ConnectionLost,
  EnvironmentBroken,
  HostGone,
  MachineUnanswered,
  NixcumberError,
} from '../../core/errors.ts'
import { rows } from '../../core/text/text.ts'
import { type Clock, systemClock } from '../../core/time/clock.ts'
import { milliseconds, seconds } from '../../core/time/duration.ts'
import { enterCommand, isLivePlan } from '../../machine/abilities.ts'
import type { Machine } from '../../machine/machine.ts'
import type { Shell } from '../../shell/shell.ts'

export interface LossReporting {
  /** Where the features ask: `features/service.feature:14`. */
  readonly from: string | undefined
  /** Machines that gave no answer when they were last asked; kept up to date. */
  readonly silent: Set<Machine>
  readonly clock: Clock
}

/** The machine's shell, whose faults tell what happened to the machine. */
export async function withLossReporting(
  machine: Machine,
  open: () => Promise<Shell>,
  { from, silent, clock }: LossReporting,
): Promise<Shell> {
  const explained = async <T>(answer: Promise<T>): Promise<T> => {
    try {
      return await raceWithExit(machine, answer)
    } catch (fault) {
      const error = await explainLoss(machine, fault, clock)
      if (error instanceof MachineUnanswered || error instanceof HostGone) silent.add(machine)
      throw error
    }
  }
  const shell = await explained(open())
  return {
    transport: shell.transport,
    async run(command, limits) {
      const doubt = (): void => {
        if (isOverdue(limits.signal?.reason)) silent.add(machine)
      }
      limits.signal?.addEventListener('abort', doubt, { once: true })
      try {
        const given = await explained(shell.run(command, from === undefined ? limits : { ...limits, from }))
        silent.delete(machine)
        return given
      } finally {
        limits.signal?.removeEventListener('abort', doubt)
      }
    },
    [Symbol.asyncDispose]: () => shell[Symbol.asyncDispose](),
  }
}

/** The look was given up before the machine said that it has cut the command off, as one that lives does. Not so when the whole scenario is given up. */
const isOverdue = (reason: unknown): boolean => reason instanceof DOMException && reason.name === 'TimeoutError'

/** What "does not answer" means of a machine, wherever it must be said. */
export const noAnswerMessage = ({ name }: Machine): string => `Machine "${name}" does not answer`

/** A machine that is gone will not answer later: the passing fault of its transport becomes a final word. */
async function explainLoss(machine: Machine, error: unknown, clock: Clock): Promise<unknown> {
  if (!(error instanceof NixcumberError && error.retryable)) return error
  const state = await stateAfter(machine, error, clock)
  if (state === 'lost') return lostUnasked(machine, error)
  if (state === 'running') return error instanceof ConnectionLost ? unanswered(machine, error) : error
  const what = state === 'off' ? 'is off: it was shut down or powered off' : 'panicked: see its console'
  return new ConfigurationBroken(`Machine "${machine.name}" ${what}`, { cause: error })
}

/** How long an answer, or the connection's own word that it broke, may take once the machine is gone. */
const EXIT_REASON_TIMEOUT = seconds(1)

/** A console does not break with the machine behind it: its next boot would use it again. */
async function raceWithExit<T>(machine: Machine, answer: Promise<T>): Promise<T> {
  let stop = (): void => {}
  const gone = new Promise<never>((_, reject) => {
    const tell = async (): Promise<void> => {
      await systemClock.wait(EXIT_REASON_TIMEOUT)
      reject(new ConnectionLost('The machine is gone'))
    }
    stop = machine.onExit?.(() => void tell()) ?? stop
  })
  try {
    return await Promise.race([answer, gone])
  } finally {
    stop()
  }
}

/** A connection breaks a moment before the process behind it is known to be gone. */
async function stateAfter(machine: Machine, error: NixcumberError, clock: Clock): ReturnType<Machine['state']> {
  for (let tries = 5; ; tries -= 1) {
    const state = await machine.state()
    if (state !== 'running' || tries === 0 || !(error instanceof ConnectionLost)) return state
    await clock.wait(milliseconds(50))
  }
}

/** No step asked for it, and it says nothing about the configuration. */
const lostUnasked = (machine: Machine, cause: Error): EnvironmentBroken =>
  isLivePlan(machine.plan) ? gone(machine, cause) : lostVm(machine, cause)

/** A live host: only what its connection said is known. */
const gone = (machine: Machine, cause: Error): HostGone => {
  const [first = '', ...more] = cause.message.split('\n')
  const said = more.length === 0 ? rows({ Reason: first }) : more.join('\n')
  const next = rows({ Next: 'see whether it runs, and whether its network does' }).replace(/^\n/, '\n')
  return new HostGone(`${noAnswerMessage(machine)} any more\n${said.trimEnd()}${next}`.trimEnd(), { cause })
}

const lostVm = (machine: Machine, cause: Error): EnvironmentBroken =>
  new EnvironmentBroken(
    `Machine "${machine.name}" was lost\n${rows({
      QEMU: machine.exitReason,
      Evidence: evidence(machine),
      Next: 'the next scenario that needs it boots a new one; when it is lost again: nixcumber doctor',
    })}`.trimEnd(),
    { cause },
  )

/** Its machine runs: a connection that is lost then may come back. */
function unanswered(machine: Machine, cause: ConnectionLost): MachineUnanswered {
  if (cause instanceof MachineUnanswered) return cause
  const [first = '', ...more] = cause.message.split('\n')
  const said = more.length === 0 ? rows({ Reason: first }) : more.join('\n')
  const where = rows({
    Evidence: evidence(machine),
    Next: machine.console ? `look inside: ${enterCommand(machine.plan)}` : '',
  })
  return new MachineUnanswered(
    `${noAnswerMessage(machine)}\n${said.trimEnd()}${where.replace(/^\n/, '\n')}`.trimEnd(),
    {
      cause,
    },
  )
}

const evidence = ({ console }: Machine): string | undefined => console && `console: ${console.transcriptFile}`
