/** What spoils many scenarios at once, a host that does not evaluate or boot, is explained where it is met first; the others point there. */
import { NixcumberError } from '../core/errors.ts'
import { rows } from '../core/text/text.ts'

/** By the very error: answers that are kept for a run reject with the same one each time they are asked for. */
const toldBy = new WeakMap<NixcumberError, Teller>()

/** Who met the error. */
export interface Teller {
  /** The same for each try at one scenario, another for each row of an outline. */
  readonly scenario: string
  readonly name: string
  /** File and line of the step. */
  readonly place: string
}

/** Stands for an error that was told in full elsewhere; it counts as that one does. */
export class ToldElsewhere extends NixcumberError {
  readonly exitCode: NixcumberError['exitCode']
  readonly #name: string

  constructor(error: NixcumberError, { name, place }: Teller) {
    const [first = ''] = error.message.split('\n', 1)
    super(`${first}\n${rows({ 'Told in': `"${name}", ${place}` })}`.trimEnd(), { cause: error })
    this.exitCode = error.exitCode
    this.#name = error.name
  }

  override get name(): string {
    return this.#name
  }
}

/** What the surroundings broke for the rest of the run. */
const lasting = new WeakSet<object>()

/** A machine of this run on its way: that it cannot be had, whatever the fault, is not found out twice. A live host's words are folded by the terminal. */
export async function onItsWay<T>(made: Promise<T>): Promise<T> {
  try {
    return await made
  } catch (error) {
    if (error instanceof NixcumberError) lasting.add(error)
    throw error
  }
}

/** The error itself for the scenario that meets it first, what points there for all others. */
export function tellOnce(error: unknown, teller: Teller): unknown {
  // What else the surroundings broke may be mended meanwhile.
  if (!(error instanceof NixcumberError) || !(error.exitCode === 1 || lasting.has(error))) return error
  const before = toldBy.get(error)
  if (before && before.scenario !== teller.scenario) return new ToldElsewhere(error, before)
  toldBy.set(error, teller)
  return error
}
