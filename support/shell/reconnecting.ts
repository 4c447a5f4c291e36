/** Something that is made when first needed, shared by all while it lives, and made anew after. */
export class Renewable<T> {
  readonly #lives: (made: T) => boolean
  #making: Promise<T> | undefined
  #made: T | undefined

  constructor(lives: (made: T) => boolean) {
    this.#lives = lives
  }

  /** Those who ask while it is being made share it, and its failure; the next one tries again. */
  get(make: () => Promise<T>): Promise<T> {
    if (this.#making !== undefined && (this.#made === undefined || this.#lives(this.#made))) return this.#making
    this.#made = undefined
    const making = make()
    this.#making = making
    making.then(
      made => {
        this.#made = made
      },
      () => {
        if (this.#making === making) this.#making = undefined
      },
    )
    return making
  }

  /** What was made last, if anything was. */
  async last(): Promise<T | undefined> {
    return this.#making?.catch(() => undefined)
  }
}
