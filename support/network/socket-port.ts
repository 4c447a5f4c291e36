import { once } from 'node:events'
import { createServer, type Server, type Socket } from 'node:net'
import { FrameReader, type Packet } from './frames.ts'

/** More than that is not given to a socket whose other end does not read. */
const SOCKET_BYTES = 1024 * 1024

/** One port of the switch: a unix socket at which the QEMU of one machine connects, and connects again when it was started anew. */
export class SocketPort implements Disposable {
  readonly #server: Server
  readonly #receive: (packets: readonly Packet[]) => void
  #socket: Socket | undefined
  #gathered: Packet[] = []
  #gatheredBytes = 0

  private constructor(receive: (packets: readonly Packet[]) => void) {
    this.#receive = receive
    this.#server = createServer(socket => this.#connected(socket))
    this.#server.on('error', () => {})
    // A network keeps no runner alive.
    this.#server.unref()
  }

  static async listen(path: string, receive: (packets: readonly Packet[]) => void): Promise<SocketPort> {
    const port = new SocketPort(receive)
    port.#server.listen(path)
    await once(port.#server, 'listening')
    return port
  }

  /** What becomes of it is unknown: the other end may be gone, or not read. */
  send(packet: Packet): 'sent' | 'dropped' | 'cut' {
    const socket = this.#socket
    if (!socket?.writable) return 'cut'
    if (socket.writableLength + this.#gatheredBytes > SOCKET_BYTES) return 'dropped'
    // What is sent in one turn of the event loop goes out in one write: one for each frame would cost three times as much.
    if (this.#gathered.push(packet) === 1) setImmediate(() => this.#flush())
    this.#gatheredBytes += packet.length
    return 'sent'
  }

  [Symbol.dispose](): void {
    this.#server.close()
    this.#socket?.destroy()
  }

  #flush(): void {
    this.#socket?.write(Buffer.concat(this.#gathered))
    this.#gathered = []
    this.#gatheredBytes = 0
  }

  #connected(socket: Socket): void {
    this.#socket?.destroy()
    this.#socket = socket
    socket.unref()
    const reader = new FrameReader()
    socket.on('error', () => {})
    socket.on('data', chunk => {
      try {
        this.#receive(reader.push(chunk))
      } catch {
        // What is no frame has no successor either.
        socket.destroy()
      }
    })
  }
}
