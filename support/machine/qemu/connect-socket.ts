import { createConnection, type Socket } from 'node:net'
import { ConnectionLost } from '../../core/errors.ts'
import { systemClock } from '../../core/time/clock.ts'
import type { Deadline } from '../../core/time/deadline.ts'
import { formatDuration, milliseconds } from '../../core/time/duration.ts'

const RETRY_INTERVAL = milliseconds(10)

/** Connects to a socket that QEMU is about to create: tries until it has a listener. */
export async function connectUnix(path: string, deadline: Deadline, signal?: AbortSignal): Promise<Socket> {
  for (;;) {
    const outcome = await connectOnce(path)
    if (!(outcome instanceof Error)) return outcome
    if (deadline.expired)
      throw new ConnectionLost(`No listener on ${path} within ${formatDuration(deadline.budget)}`, {
        cause: outcome,
      })
    await systemClock.wait(RETRY_INTERVAL, signal)
  }
}

const connectOnce = (path: string): Promise<Socket | Error> =>
  new Promise(resolve => {
    const socket = createConnection(path)
    socket.once('error', resolve)
    socket.once('connect', () => {
      socket.removeListener('error', resolve)
      resolve(socket)
    })
  })
