/** A network card without a machine, for tests: speaks QEMU's framing at a socket of the switch. */
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { systemClock } from '../../core/time/clock.ts'
import { Deadline } from '../../core/time/deadline.ts'
import { milliseconds, seconds } from '../../core/time/duration.ts'
import { FrameReader, HEADER, packet } from '../frames.ts'

const BROADCAST = 'ffffffffffff'

/** An Ethernet frame as bytes; addresses in hexadecimal without colons. */
export const frame = (to: string, from: string, text = ''): Buffer =>
  Buffer.concat([Buffer.from(`${to}${from}88b5`, 'hex'), Buffer.from(text)])

/** For everybody. */
export const shout = (from: string, text = ''): Buffer => frame(BROADCAST, from, text)

export class Peer implements Disposable {
  readonly socket: Socket
  /** The text of each frame that came, in its order. */
  readonly heard: string[] = []

  private constructor(socket: Socket) {
    this.socket = socket
    const reader = new FrameReader()
    socket.on('data', chunk => {
      for (const one of reader.push(chunk)) this.heard.push(one.subarray(HEADER + 14).toString())
    })
    socket.on('error', () => {})
  }

  static async connect(path: string): Promise<Peer> {
    const socket = connect(path)
    await once(socket, 'connect')
    return new Peer(socket)
  }

  say(frame: Buffer): void {
    this.socket.write(packet(frame))
  }

  /** Waits until so many frames came. */
  async hears(count: number): Promise<readonly string[]> {
    const deadline = Deadline.after(seconds(5))
    while (this.heard.length < count && !deadline.expired) await systemClock.wait(milliseconds(5))
    return this.heard
  }

  [Symbol.dispose](): void {
    this.socket.destroy()
  }
}
