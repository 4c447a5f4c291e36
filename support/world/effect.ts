/** What a step may do to a machine; isolation and the safety of live hosts rest on it. */
export type Effect = 'reads' | 'changes' | 'restarts' | 'destroys'

/** Whatever carries out a step: our World. */
interface Acting {
  effect: Effect
}

type StepBody<W, A extends unknown[]> = (this: W, ...args: A) => unknown

/** A step body that says what it does. Made by `reads`, `changes`, `restarts`, `destroys` only. */
export type Declared<W, A extends unknown[]> = ((this: W, ...args: A) => Promise<unknown>) & {
  readonly effect: Effect
}

const declare =
  (effect: Effect) =>
  <W extends Acting, A extends unknown[]>(body: StepBody<W, A>): Declared<W, A> => {
    async function acting(this: W, ...args: A): Promise<unknown> {
      this.effect = effect
      try {
        return await body.apply(this, args)
      } finally {
        this.effect = 'reads'
      }
    }
    // cucumber compares the length of the body with the number of parameters
    Object.defineProperty(acting, 'length', { value: body.length })
    return Object.assign(acting, { effect })
  }

export const reads = declare('reads')
export const changes = declare('changes')
export const restarts = declare('restarts')
export const destroys = declare('destroys')

/** The declared effect of a step body; undefined when its author declared none. */
export const effectOf = (body: unknown): Effect | undefined =>
  typeof body === 'function' && 'effect' in body ? (body.effect as Effect) : undefined
