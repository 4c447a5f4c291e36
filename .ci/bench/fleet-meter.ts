import { createServer, connect as dial, type Server } from 'node:net'
import { systemClock } from '../../support/core/time/clock.ts'
import { type Duration, milliseconds } from '../../support/core/time/duration.ts'

export interface Traffic {
  readonly connections: number
  /** Both ways. */
  readonly bytes: number
  /** How often the runner spoke after the host had. */
  readonly turns: number
}

/** Stands before a port and counts what passes. */
export class Meter implements AsyncDisposable {
  readonly #server: Server
  #connections = 0
  #bytes = 0
  #turns = 0

  private constructor(to: number, delay: Duration) {
    this.#server = createServer(client => {
      this.#connections += 1
      let last = 'host'
      const host = dial(to, '127.0.0.1')
      for (const each of [client, host]) each.setNoDelay(true).on('error', () => each.destroy())
      client.on('data', chunk => {
        this.#bytes += chunk.length
        if (last === 'host') this.#turns += 1
        last = 'runner'
      })
      host.on('data', chunk => {
        this.#bytes += chunk.length
        last = 'host'
      })
      for (const [from, other] of [
        [client, host],
        [host, client],
      ] as const) {
        from.on('close', () => other.destroy())
        if (delay.ms === 0) from.pipe(other)
        else from.on('data', chunk => void systemClock.wait(delay).then(() => other.writable && other.write(chunk)))
      }
    })
  }

  /** @param delay of everything that passes, in each direction */
  static async before(port: number, delay = milliseconds(0)): Promise<Meter> {
    const meter = new Meter(port, delay)
    await new Promise<void>(resolve => meter.#server.listen(0, '127.0.0.1', resolve))
    return meter
  }

  get port(): number {
    const address = this.#server.address()
    return typeof address === 'object' && address ? address.port : 0
  }

  /** Since it was last asked. */
  take(): Traffic {
    const taken = { connections: this.#connections, bytes: this.#bytes, turns: this.#turns }
    this.#connections = this.#bytes = this.#turns = 0
    return taken
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.close()
  }
}
