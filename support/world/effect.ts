import { commandEffect } from '../effect/command-effect.ts'

/** What a step may do to a machine; isolation and the safety of live hosts rest on it. */
export type Effect = 'reads' | 'changes' | 'restarts' | 'destroys'

/** Whatever carries out a step: our World. */
interface Acting {
  effect: Effect
}

type StepBody<W, A extends unknown[]> = (this: W, ...args: A) => unknown

/** A step body that says what it does. Made by `reads`, `changes`, `restarts`, `destroys` and `runsCommand` only. */
export type Declared<W, A extends unknown[]> = ((this: W, ...args: A) => Promise<unknown>) & {
  readonly effect: Effect
  /** What it does depends on the command in its sentence. */
  readonly byCommand?: boolean
}

const declare =
  (effect: Effect, byCommand = false) =>
  <W extends Acting, A extends unknown[]>(body: StepBody<W, A>): Declared<W, A> => {
    async function acting(this: W, ...args: A): Promise<unknown> {
      this.effect = byCommand ? effectOfCommand(args.find(arg => typeof arg === 'string')) : effect
      try {
        return await body.apply(this, args)
      } finally {
        this.effect = 'reads'
      }
    }
    // cucumber compares the length of the body with the number of parameters
    Object.defineProperty(acting, 'length', { value: body.length })
    return Object.assign(acting, { effect, byCommand })
  }

export const reads = declare('reads')
export const changes = declare('changes')
export const restarts = declare('restarts')
export const destroys = declare('destroys')

/** Runs the command that is its first text: it looks where that is known to, and changes the machine otherwise. */
export const runsCommand = declare('changes', true)

export const effectOfCommand = (script: string | undefined): Effect =>
  script === undefined ? 'changes' : commandEffect(script)

/** What the author of a step body declared; undefined when that is nothing. */
export const declared = (body: unknown): Pick<Declared<never, never>, 'effect' | 'byCommand'> | undefined =>
  typeof body === 'function' && 'effect' in body ? (body as Declared<never, never>) : undefined

export const effectOf = (body: unknown): Effect | undefined => declared(body)?.effect
