const MASK = '******'

/**
 * Takes secrets out of a stream of bytes (as latin1), even when one arrives byte by byte, as an echo does: what may be the
 * beginning of one is held back until it is clear, or until it is released.
 */
export class SecretMask {
  readonly #secrets: readonly string[]
  #pending = ''
  /** How much of what is pending has been released already. */
  #shown = 0

  constructor(secrets: readonly string[]) {
    this.#secrets = secrets.map(secret => Buffer.from(secret).toString('latin1')).sort((a, b) => b.length - a.length)
  }

  get holds(): boolean {
    return this.#pending.length > this.#shown
  }

  add(piece: string): string {
    if (this.#secrets.length === 0) return piece
    const text = this.#pending + piece
    let out = ''
    let at = 0
    while (at < text.length) {
      const secret = this.#secrets.find(known => text.startsWith(known, at))
      if (secret === undefined && this.#mayBegin(text.slice(at, at + this.#longest))) break
      if (secret !== undefined) out += MASK
      else if (at >= this.#shown) out += text[at]
      at += secret?.length ?? 1
    }
    this.#pending = text.slice(at)
    this.#shown = Math.max(0, this.#shown - at)
    return out
  }

  /** What was held back while nothing followed; more than one character of a secret is not shown for that. */
  release(): string {
    const out = this.#pending.slice(this.#shown)
    this.#shown = this.#pending.length
    return this.#pending.length > 1 ? '*'.repeat(out.length) : out
  }

  get #longest(): number {
    return this.#secrets[0]?.length ?? 0
  }

  #mayBegin(rest: string): boolean {
    return this.#secrets.some(secret => rest.length < secret.length && secret.startsWith(rest))
  }
}
