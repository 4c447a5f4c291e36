import { connect } from 'node:net'
import type { Duration } from '../../core/time/duration.ts'
import { withTimeout } from '../../core/time/with-timeout.ts'

/** Whether an ssh server greets there (RFC 4253, 4.2). QEMU accepts connections before the machine does, so the greeting counts. */
export async function speaksSsh(address: { readonly host: string; readonly port: number }, patience: Duration) {
  const socket = connect(address)
  const greeted = new Promise<boolean>(resolve => {
    socket.once('data', (bytes: Buffer) => resolve(bytes.toString('latin1').startsWith('SSH-')))
    socket.once('close', () => resolve(false))
    socket.on('error', () => resolve(false))
  })
  try {
    return await withTimeout(greeted, patience, () => new Error('silent'))
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}
