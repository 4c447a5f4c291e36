/** Something that is made when first needed, shared by all while it lives, and made anew after. */
export class Reconnecting<T> {
  readonly #isAlive: (made: T) => boolean
  #connecting: Promise<T> | undefined
  #connection: T | undefined

  constructor(lives: (made: T) => boolean) {
    this.#isAlive = lives
  }

  /** Those who ask while it is being made share it, and its failure; the next one tries again. */
  get(make: () => Promise<T>): Promise<T> {
    if (this.#connecting !== undefined && (this.#connection === undefined || this.#isAlive(this.#connection)))
      return this.#connecting
    this.#connection = undefined
    const making = make()
    this.#connecting = making
    making.then(
      made => {
        this.#connection = made
      },
      () => {
        if (this.#connecting === making) this.#connecting = undefined
      },
    )
    return making
  }

  /** What was made last, if anything was. */
  async last(): Promise<T | undefined> {
    return this.#connecting?.catch(() => undefined)
  }
}
