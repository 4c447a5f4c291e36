/** What spoils many scenarios at once, a host that does not evaluate or boot, is explained where it is met first; the others point there. */
import { NixcumberError } from '../core/errors.ts'
import { rows } from '../core/text.ts'

/** By the very error: answers that are kept for a run reject with the same one each time they are asked for. */
const toldAt = new WeakMap<NixcumberError, string>()

/** Stands for an error that was told in full elsewhere; it counts as that one does. */
export class ToldElsewhere extends NixcumberError {
  readonly exitCode: NixcumberError['exitCode']
  readonly #name: string

  constructor(error: NixcumberError, place: string) {
    const [first = ''] = error.message.split('\n', 1)
    super(`${first}\n${rows({ 'Told at': place })}`.trimEnd(), { cause: error })
    this.exitCode = error.exitCode
    this.#name = error.name
  }

  override get name(): string {
    return this.#name
  }
}

/** @param place file and line of the step that met it */
export function tellOnce(error: unknown, place: string): unknown {
  if (!(error instanceof NixcumberError)) return error
  const before = toldAt.get(error)
  if (before !== undefined && before !== place) return new ToldElsewhere(error, before)
  toldAt.set(error, place)
  return error
}
