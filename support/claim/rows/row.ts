/** The contract for claims: what becomes of a sentence for each answer that a machine may give. Data; judged by the steps themselves. */
import type { CommandResult } from '../../core/command.ts'
import { CommandCutOff } from '../../core/errors.ts'
import { answered, type Said } from '../../probe/testing/answered.ts'
import type { Reach } from '../network/reach.ts'

/**
 * `absent`: there is nothing of which the sentence could speak. `unreadable`: the look failed, or may not be. `cut off`: it did not end, or
 * only a part of its answer came. `hostile`: names and contents made to be taken for something else.
 */
export const KINDS = ['so', 'not so', 'absent', 'unreadable', 'tool missing', 'cut off', 'hostile'] as const
export type Kind = (typeof KINDS)[number]

/** `not met` is exit code 1, `could not check` 3, `refused` 2. */
export type Outcome = 'holds' | 'not met' | 'could not check' | 'refused'

/** What a command prints and how it ends; or the fault instead of an answer. */
export type Reply = CommandResult | Error

export type State = 'running' | 'off' | 'panicked' | 'lost'

export interface Guest {
  /** By the text of the command and the milliseconds since the sentence began. */
  readonly replies?: Reply | ((script: string, at: number) => Reply)
  /** Steps of the scenario before the sentence. */
  readonly before?: readonly string[]
  /** Below the sentence. */
  readonly table?: readonly (readonly string[])[]
  readonly text?: string
  /** How the machine looks from outside, by the milliseconds since the sentence began. */
  readonly state?: State | ((at: number) => State)
  /** What its console has printed. */
  readonly console?: string
  /** Of that, so many characters are not kept. */
  readonly consoleLost?: number
  /** What its display shows: rows of text, or graphics. */
  readonly screen?: readonly string[] | 'graphics'
  /** Machines on a network, this one is `box`. */
  readonly network?: readonly string[]
  /** TCP ports that answer from outside. */
  readonly openPorts?: readonly number[]
  /** What the others answer; closed when left out. */
  readonly otherPorts?: Reach
}

export type Row = readonly [kind: Kind, sentence: string, guest: Guest | Reply, outcome: Outcome, says?: RegExp]

export interface Claims {
  readonly rows: readonly Row[]
  /** Kinds that this sentence cannot have, each with the reason. */
  readonly without?: Readonly<Partial<Record<Kind, string>>>
}

/** By the pattern of the step definition. */
export type ClaimTable = Readonly<Record<string, Claims>>

export const cutOff = (): Error => new CommandCutOff('The command did not end within 5 s and was cut off')

/** What a probe of one plain command answers. */
export const printed = (stdout: string | Buffer, exitCode = 0, stderr = ''): CommandResult => ({
  exitCode,
  stdout: Buffer.from(stdout),
  stderr: Buffer.from(stderr),
})

/** What stays silent answers when the command has waited for as long as it says, unless that look is over before. */
export const silent =
  (waits: RegExp, look: number, reply: CommandResult): NonNullable<Guest['replies']> =>
  script =>
    Number(waits.exec(script)?.[1] ?? Number.NaN) < look ? reply : cutOff()

/** Of sections that would do: each way in which they may not come, and that nothing can be told then. */
export function unknown(sentence: string, said: readonly Said[], guest: Guest = {}): Row[] {
  const each = (code: number): Said[] => said.map(() => ({ code }))
  const whole = answered(said)
  const part = { ...whole, stdout: whole.stdout.subarray(0, whole.stdout.length - 2) }
  const row = (kind: Kind, replies: Reply): Row => [kind, sentence, { ...guest, replies }, 'could not check']
  return [
    row('tool missing', answered(each(127), 'bash: line 3: systemctl: command not found\n')),
    row('unreadable', answered(each(1), 'Failed to connect to bus: Permission denied\n')),
    row('unreadable', printed('', 137, 'Killed\n')),
    row('cut off', part),
    row('cut off', cutOff()),
  ]
}
