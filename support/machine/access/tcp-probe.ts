import { connect } from 'node:net'
import type { Deadline } from '../../core/deadline.ts'
import { withTimeout } from '../../core/with-timeout.ts'
import type { PortState } from '../machine.ts'

/** Whether connections are accepted there; for addresses that are the machine's own, with no proxy in between. */
export async function probeTcpPort(
  address: { readonly host: string; readonly port: number },
  deadline: Deadline,
): Promise<PortState> {
  const socket = connect(address)
  const answer = new Promise<PortState>(resolve => {
    socket.once('connect', () => resolve('open'))
    // Only a refusal is one; no route, no name and the like are silence.
    socket.once('error', (error: NodeJS.ErrnoException) =>
      resolve(error.code === 'ECONNREFUSED' ? 'refused' : 'silent'),
    )
  })
  try {
    return await withTimeout(answer, deadline.remaining, () => new Error('silent'))
  } catch {
    return 'silent'
  } finally {
    socket.destroy()
  }
}
