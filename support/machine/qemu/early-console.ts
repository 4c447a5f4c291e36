import { existsSync } from 'node:fs'
import type { Socket } from 'node:net'
import { Deadline } from '../../core/time/deadline.ts'
import { seconds } from '../../core/time/duration.ts'
import { connectUnix } from './connect-socket.ts'
import { earlySocket } from './options.ts'

/** More than a kernel says before it panics; a guest that floods the port takes no more memory than this. */
const KEPT_CHARS = 65_536
const CONNECT_TIMEOUT = seconds(5)

/**
 * What the kernel says on its second serial port from its first moment on. The console of nixos-shell is a virtio device: until the
 * initrd has loaded its driver it shows nothing, and a machine that panics before that would be silent.
 */
export class EarlyConsole implements Disposable {
  readonly #socket: Socket | undefined
  readonly #listeners = new Set<(text: string) => void>()
  #text = ''

  private constructor(socket: Socket | undefined) {
    this.#socket = socket
    socket?.setEncoding('latin1')
    socket?.on('data', (piece: string) => {
      this.#text = (this.#text + piece).slice(-KEPT_CHARS)
      for (const listener of [...this.#listeners]) listener(piece)
    })
    // A QEMU that ends takes it along; what it said stays.
    socket?.on('error', () => {})
  }

  /** Of the QEMU with this folder; silent where QEMU has no such port (the driver did not ask for one). */
  static async open(dir: string): Promise<EarlyConsole> {
    const path = earlySocket(dir)
    if (!existsSync(path)) return new EarlyConsole(undefined)
    const socket = await connectUnix(path, Deadline.after(CONNECT_TIMEOUT)).catch(() => undefined)
    return new EarlyConsole(socket)
  }

  /** The end of what was said, at most 64 KiB. */
  get text(): string {
    return this.#text
  }

  /** Calls the listener with each piece of text until it is taken off again by the returned function. */
  listen(listener: (text: string) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** QEMU drops what is said without a reader. */
  [Symbol.dispose](): void {
    this.#socket?.destroy()
  }
}

/**
 * The lines of the early port that the console lacks: once its driver is there, the kernel repeats to the console what it has
 * said before (printk's CON_PRINTBUFFER). Pure.
 */
export function onlyEarly(early: string, console: string): string {
  const shown = new Set(lines(console))
  return lines(early)
    .filter(line => line !== '' && !shown.has(line))
    .join('\r\n')
}

const lines = (text: string): string[] => text.split('\n').map(line => line.trimEnd())
