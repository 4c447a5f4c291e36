import type { ClientChannel } from 'ssh2'

/** ssh2 sends each write in a packet of its own. What was written while the channel was corked goes in one. */
export function inOnePacket(channel: ClientChannel): ClientChannel {
  channel._writev = (chunks, done) => {
    const bytes = Buffer.concat(chunks.map(({ chunk }) => chunk as Buffer))
    channel._write(bytes, 'utf8', done)
  }
  return channel
}
