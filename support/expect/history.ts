import { type Duration, formatDuration, milliseconds } from '../core/time/duration.ts'

interface Change {
  readonly from: string | undefined
  readonly to: string
  /** When it was first seen, from the start of the wait. */
  readonly at: Duration
  times: number
}

const MAX_CHANGES_SHOWN = 12

/** The distinct states seen in one wait. A change seen before is counted, so a restart loop stays as short as one round of it. */
export class History {
  readonly #changes: Change[] = []
  #state: string | undefined

  add(state: string, at: Duration): void {
    if (state === this.#state) return
    const from = this.#state
    this.#state = state
    const known = this.#changes.find(change => change.from === from && change.to === state)
    if (known) known.times++
    else this.#changes.push({ from, to: state, at, times: 1 })
  }

  /** `inactive 0 s · activating 3 s · failed 5 s (3 times)`; empty when nothing ever changed. */
  toString(): string {
    if (this.#changes.length < 2) return ''
    const left = this.#changes.length - MAX_CHANGES_SHOWN
    return [...this.#changes.slice(0, MAX_CHANGES_SHOWN).map(describe), ...(left > 0 ? [`${left} more`] : [])].join(
      ' · ',
    )
  }
}

const describe = ({ to, at, times }: Change): string => `${to} ${since(at)}${times > 1 ? ` (${times} times)` : ''}`

/** To a tenth of a second: looks are no closer than that. */
const since = ({ ms }: Duration): string => (ms < 50 ? '0 s' : formatDuration(milliseconds(Math.max(100, ms))))
