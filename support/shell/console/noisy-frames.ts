/** Frames on a line into which others write too: what is whole is passed on as the plain protocol has it, what is broken is asked for again. */

/** What the reader gives: bytes for a FrameReader, or a question to be put to the agent. */
export type Outcome = { readonly frame: Buffer } | { readonly ask: string }

interface Assembly {
  readonly head: Head
  body: string
  tries: number
}
interface Head {
  readonly id: number
  readonly code: string
  readonly outLength: number
  readonly errLength: number
}

const STX = '\u0002'
const ETX = '\u0003'
/** Kernel and systemd begin with a bracket or an escape code, and end their line; base64 has neither. What is not ended stays. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: an escape code begins with one
const NOISE = /[[<\u001b][^\n]*(\n?)/g
const GREETING = /^(?:hello \S+|ready) \S+ \S+\r?\n$/
const DONE = /^done (\d+) (\d+|cut|flood|maimed) (\d+) (\d+)\r?\n([\w+/=]*)$/
const TEXT = /^text (\d+) (\d+|cut) (\d+) (\d+)\r?\n([ -~\r\n]*)$/
const PART = /^part (\d+) (\d+) (\d+)\r?\n([\w+/=]*)$/
const HEAD = /^done (\d+) (\d+|cut|flood|maimed) (\d+) (\d+)\r?\n/
/** Longer bodies are asked for piece by piece when they came broken. */
const PIECE = 48_000
const TRIES = 20

export class NoisyFrames {
  #text = ''
  #searched = 0
  readonly #open = new Set<number>()
  readonly #tries = new Map<number, number>()
  readonly #assemblies = new Map<number, Assembly>()

  /** A command has been sent, and its answer is expected from now on. */
  expect(id: number): void {
    this.#open.add(id)
  }

  /** Whether the line is at rest: no frame has begun that is not at its end. */
  get between(): boolean {
    return this.#text === ''
  }

  push(text: string): Outcome[] {
    this.#text += text
    const outcomes: Outcome[] = []
    for (;;) {
      const end = this.#text.indexOf(ETX, this.#searched)
      if (end < 0) break
      const start = this.#text.lastIndexOf(STX, end)
      const section = start < 0 ? '' : this.#text.slice(start + 1, end)
      this.#text = this.#text.slice(end + 1)
      this.#searched = 0
      if (section !== '') outcomes.push(...(this.#plain(section) ?? this.#judge(withoutNoise(section))))
    }
    const start = this.#text.indexOf(STX)
    this.#text = start < 0 ? '' : this.#text.slice(start)
    this.#searched = this.#text.length
    return outcomes
  }

  /** A short answer in plain words: whole, or asked for again in base64. */
  #plain(section: string): Outcome[] | undefined {
    const text = TEXT.exec(section)
    if (text === null) return undefined
    const head = headOf(text)
    const body = (text[5] ?? '').replaceAll('\r\n', '\n')
    if (!this.#open.has(head.id)) return []
    if (body.length !== head.outLength + head.errLength) return this.#again(head.id)
    return [{ frame: this.#finish(head, Buffer.from(body)) }]
  }

  #judge(section: string): Outcome[] {
    if (GREETING.test(section)) return [{ frame: Buffer.from(`${STX}${section.replace('\r', '')}`) }]
    const done = DONE.exec(section)
    if (done !== null) return this.#done(headOf(done), done[5] ?? '')
    const part = PART.exec(section)
    if (part !== null) return this.#part(Number(part[1]), Number(part[2]), Number(part[3]), part[4] ?? '')
    const head = HEAD.exec(section)
    if (head !== null) return this.#broken(headOf(head))
    return [...this.#open].flatMap(id => this.#again(id))
  }

  #done(head: Head, body: string): Outcome[] {
    if (!this.#open.has(head.id)) return []
    if (body.length !== encodedLength(head)) return this.#broken(head)
    return [{ frame: this.#finish(head, Buffer.from(body, 'base64')) }]
  }

  #broken(head: Head): Outcome[] {
    if (!this.#open.has(head.id)) return []
    if (encodedLength(head) <= PIECE) return this.#again(head.id)
    const assembly = this.#assemblies.get(head.id) ?? { head, body: '', tries: 0 }
    this.#assemblies.set(head.id, assembly)
    return this.#nextPiece(assembly)
  }

  #again(id: number): Outcome[] {
    const assembly = this.#assemblies.get(id)
    if (assembly !== undefined) return this.#nextPiece(assembly)
    const tries = (this.#tries.get(id) ?? 0) + 1
    this.#tries.set(id, tries)
    return tries > TRIES ? [] : [{ ask: `again ${id}` }]
  }

  #nextPiece(assembly: Assembly): Outcome[] {
    const { head, body } = assembly
    assembly.tries++
    if (assembly.tries > TRIES) return []
    const length = Math.min(PIECE, encodedLength(head) - body.length)
    return [{ ask: `part ${head.id} ${body.length} ${length}` }]
  }

  #part(id: number, from: number, length: number, characters: string): Outcome[] {
    const assembly = this.#assemblies.get(id)
    if (assembly === undefined || from !== assembly.body.length) return []
    if (characters.length !== length) return this.#nextPiece(assembly)
    assembly.body += characters
    assembly.tries = 0
    if (assembly.body.length < encodedLength(assembly.head)) return this.#nextPiece(assembly)
    return [{ frame: this.#finish(assembly.head, Buffer.from(assembly.body, 'base64')) }]
  }

  #finish({ id, code, outLength, errLength }: Head, body: Buffer): Buffer {
    this.#open.delete(id)
    this.#tries.delete(id)
    this.#assemblies.delete(id)
    const header = `${STX}done ${id} ${code} ${outLength} ${errLength}\n`
    return Buffer.concat([Buffer.from(header), body, Buffer.from(ETX)])
  }
}

const withoutNoise = (section: string): string =>
  section.replace(NOISE, (noise, end: string) => (end === '' ? noise : ''))

const headOf = ([, id, code = '', outLength, errLength]: RegExpExecArray): Head => ({
  id: Number(id),
  code,
  outLength: Number(outLength),
  errLength: Number(errLength),
})

/** Only insertions happen on such a line, so the length alone tells whether a body is whole. */
const encodedLength = ({ outLength, errLength }: Head): number => 4 * Math.ceil((outLength + errLength) / 3)
