/** The frames between runner and agent as pure data; the grammar stands at the head of agent/agent.sh. */

export type Frame = Hello | Done
/** `asked` is the nonce of a question, `start` when an agent started, `ready` when systemd has finished starting. */
export interface Hello {
  readonly kind: 'hello'
  readonly asked: string
  readonly bootId: string
  /** What `systemctl is-system-running` said, `starting` while it has not, `unasked` without a device. */
  readonly state: string
}
export interface Done {
  readonly kind: 'done'
  readonly id: number
  /** `maimed`: a tool of the machine has failed, and what the command printed could not be kept. */
  readonly outcome: number | 'cut' | 'flood' | 'maimed'
  readonly stdout: Buffer
  readonly stderr: Buffer
}

const STX = 0x02
const ETX = 0x03
const LF = 0x0a
const LONGEST_HEADER = 200
/** Of one stream: the agent keeps 64 MiB (nc_flood in agent/agent.sh). What announces more is no frame of its, and is not waited for. */
const MOST_BYTES = 64 * 1024 ** 2
const HELLO = /^(?:hello (\S+)|(ready)) (\S+) (\S+)$/
const DONE = /^done (\d+) (\d+|cut|flood|maimed) (\d+) (\d+)$/

export const encodeHello = (nonce: string): Buffer => Buffer.from(`\n\x02hello ${nonce}\n`)
export const encodeReset = (): Buffer => Buffer.from('\n\x02reset\n')
export const encodeCut = (id: number): Buffer => Buffer.from(`\n\x02cut ${id}\n`)

export function encodeRun(id: number, boundMs: number, script: string, stdin: Buffer = Buffer.alloc(0)): Buffer {
  const body = Buffer.from(script)
  const header = `\n\x02run ${id} ${Math.ceil(boundMs)} ${body.length} ${stdin.length}\n`
  return Buffer.concat([Buffer.from(header), body, Buffer.of(ETX), stdin])
}

/** Cuts a byte stream into frames; whatever is no frame is skipped. */
export class FrameReader {
  #bytes: Buffer[] = []
  #length = 0
  /** Bytes that must be there before looking again is worth it: keeps 10 MB of output linear. */
  #needed = 1
  #nonce: string | undefined

  push(chunk: Buffer): Frame[] {
    this.#bytes.push(chunk)
    this.#length += chunk.length
    const frames = this.#whatIsWhole()
    if (this.#found(frames) || this.#nonce === undefined) return frames
    this.#skipTo(`\x02hello ${this.#nonce} `)
    return [...frames, ...this.#whatIsWhole()]
  }

  /** From now on an answer to this question is looked for everywhere, even inside a body that never came to its end. */
  await(nonce: string): void {
    this.#nonce = nonce
  }

  #whatIsWhole(): Frame[] {
    const frames: Frame[] = []
    while (this.#length >= this.#needed) {
      const frame = this.#next()
      if (frame !== undefined) frames.push(frame)
    }
    return frames
  }

  #found(frames: readonly Frame[]): boolean {
    const found = frames.some(frame => frame.kind === 'hello' && frame.asked === this.#nonce)
    if (found) this.#nonce = undefined
    return found
  }

  #skipTo(words: string): void {
    const at = this.#whole().indexOf(words)
    if (at < 0) return
    this.#drop(at)
    this.#nonce = undefined
  }

  #next(): Frame | undefined {
    const bytes = this.#whole()
    const start = bytes.indexOf(STX)
    if (start !== 0) return this.#drop(start < 0 ? bytes.length : start)
    const end = bytes.subarray(0, LONGEST_HEADER).indexOf(LF)
    if (end < 0) return bytes.length < LONGEST_HEADER ? this.#wait(bytes.length + 1) : this.#drop(1)
    const header = bytes.toString('latin1', 1, end)
    const hello = HELLO.exec(header)
    if (hello !== null) return this.#take(end + 1, helloFrame(hello))
    const done = DONE.exec(header)
    const isPossible = [done?.[3], done?.[4]].every(length => Number(length) <= MOST_BYTES)
    return done === null || !isPossible ? this.#drop(1) : this.#done(bytes, end + 1, done)
  }

  #done(bytes: Buffer, from: number, [, id, outcome, outLength, errLength]: RegExpExecArray): Frame | undefined {
    const middle = from + Number(outLength)
    const end = middle + Number(errLength)
    if (bytes.length <= end) return this.#wait(end + 1)
    if (bytes[end] !== ETX) return this.#drop(1)
    return this.#take(end + 1, {
      kind: 'done',
      id: Number(id),
      outcome: outcome === 'cut' || outcome === 'flood' || outcome === 'maimed' ? outcome : Number(outcome),
      stdout: Buffer.from(bytes.subarray(from, middle)),
      stderr: Buffer.from(bytes.subarray(middle, end)),
    })
  }

  #whole(): Buffer {
    if (this.#bytes.length !== 1) this.#bytes = [Buffer.concat(this.#bytes)]
    return this.#bytes[0] ?? Buffer.alloc(0)
  }

  #wait(needed: number): undefined {
    this.#needed = needed
  }

  #take(length: number, frame: Frame): Frame {
    this.#drop(length)
    return frame
  }

  #drop(length: number): undefined {
    const rest = this.#whole().subarray(length)
    this.#bytes = [rest]
    this.#length = rest.length
    this.#needed = 1
  }
}

const helloFrame = ([, nonce, ready, bootId = '', state = '']: RegExpExecArray): Hello => ({
  kind: 'hello',
  asked: nonce ?? ready ?? '',
  bootId,
  state,
})
