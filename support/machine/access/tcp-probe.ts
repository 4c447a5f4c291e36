import { connect } from 'node:net'
import type { Deadline } from '../../core/deadline.ts'
import { within } from '../../core/with-timeout.ts'
import type { Knock } from '../machine.ts'

/** Whether somebody accepts connections there; for addresses that are the machine's own, with nobody in between. */
export async function knock(
  address: { readonly host: string; readonly port: number },
  deadline: Deadline,
): Promise<Knock> {
  const socket = connect(address)
  const answer = new Promise<Knock>(resolve => {
    socket.once('connect', () => resolve('open'))
    // Only a refusal is one; no route, no name and the like are silence.
    socket.once('error', (error: NodeJS.ErrnoException) =>
      resolve(error.code === 'ECONNREFUSED' ? 'refused' : 'silent'),
    )
  })
  try {
    return await within(answer, deadline.remaining, () => new Error('silent'))
  } catch {
    return 'silent'
  } finally {
    socket.destroy()
  }
}
