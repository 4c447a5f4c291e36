import type { Console } from '../../console/console.ts'
import { readable } from '../../console/readable.ts'
import { systemClock } from '../../core/time/clock.ts'
import { milliseconds } from '../../core/time/duration.ts'
import { type PromptAnswer, type Secret, typedFor } from '../prompt-answer.ts'

/** Who asks prints first and begins to listen a moment later. */
const QUIET_BEFORE_ANSWER = milliseconds(300)
/** A passphrase that is refused is asked for again: more often than this it is not the right one. */
const MAX_ANSWERS = 3

interface PromptSurroundings {
  readonly bootedAt: () => number
  readonly heard?: number
  readonly onRefused: (answer: Secret) => void
}

/** Types the answers at a machine's console whenever it asks, at each of its boots. */
export class PromptResponder {
  readonly #answers: readonly PromptAnswer[]
  readonly #console: Console
  readonly #bootedAt: () => number
  readonly #onRefused: (answer: Secret) => void
  readonly #given = new Map<PromptAnswer, number>()
  #boot = 0
  #from = 0

  /**
   * @param bootedAt where in the console's transcript the present boot begins
   * @param heard up to where the console's text is of an earlier run, which has answered what was asked there
   * @param onRefused told once a boot when a secret is asked for again
   */
  constructor(
    answers: readonly PromptAnswer[],
    console: Console,
    { bootedAt, heard = 0, onRefused }: PromptSurroundings,
  ) {
    this.#from = heard
    this.#answers = answers
    this.#console = console
    this.#bootedAt = bootedAt
    this.#onRefused = onRefused
    if (answers.length === 0) return
    console.listen(() => this.#look())
    this.#look()
  }

  /** Answers to what has not been asked since the machine was last started. */
  get unasked(): readonly PromptAnswer[] {
    return this.#answers.filter(answer => !this.#given.has(answer))
  }

  #look(): void {
    this.#noticeBoot()
    const text = readable(this.#console.since(this.#from))
    const asked = this.#answers
      .filter(answer => text.includes(answer.prompt) && (this.#given.get(answer) ?? 0) < MAX_ANSWERS)
      .sort((a, b) => b.prompt.length - a.prompt.length)
    const [answer] = asked
    if (!answer) return
    this.#from = this.#console.position
    const times = (this.#given.get(answer) ?? 0) + 1
    this.#given.set(answer, times)
    if (times === 2 && 'secret' in answer) this.#onRefused(answer)
    void this.#type(answer)
  }

  #noticeBoot(): void {
    const boot = this.#bootedAt()
    if (boot === this.#boot) return
    this.#boot = boot
    this.#from = Math.max(this.#from, boot)
    this.#given.clear()
  }

  async #type(answer: PromptAnswer): Promise<void> {
    await systemClock.wait(QUIET_BEFORE_ANSWER)
    // A machine that is gone meanwhile needs no answer.
    await this.#console.send(typedFor(answer, process.env)).catch(() => {})
  }
}
