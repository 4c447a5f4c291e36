import { connect } from 'node:net'
import type { Duplex } from 'node:stream'
import { ConnectionLost } from '../core/errors.ts'
import { rows } from '../core/text/text.ts'
import type { Duration } from '../core/time/duration.ts'
import { formatDuration } from '../core/time/duration.ts'
import { withTimeout } from '../core/time/with-timeout.ts'

/** Connects to a unix socket, such as QEMU's character devices serve. @throws ConnectionLost */
export async function dialSocket(path: string, budget: Duration): Promise<Duplex> {
  const socket = connect(path)
  const connected = new Promise<Duplex>((resolve, reject) => {
    socket.once('connect', () => resolve(socket))
    socket.once('error', error => reject(unreachable(path, error.message)))
  })
  try {
    return await withTimeout(connected, budget, () =>
      unreachable(path, `there was no answer within ${formatDuration(budget)}`),
    )
  } catch (error) {
    socket.on('error', () => {}).destroy()
    throw error
  }
}

const unreachable = (path: string, why: string): ConnectionLost =>
  new ConnectionLost(`The machine's socket cannot be reached\n${rows({ Socket: path, Reason: why })}`.trimEnd())
