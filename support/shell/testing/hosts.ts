/**
 * Live hosts for features: `hosts.ts web1 web2:slow …`. Real sshd's, each behind a line that behaves; prints their addresses as
 * JSON, and ends with its standard input.
 */
import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { systemClock } from '../../core/time/clock.ts'
import { milliseconds } from '../../core/time/duration.ts'
import { PrivateSshd } from '../ssh/private-sshd.ts'

/** `slow`: each packet waits; `silent`: takes connections and says nothing; `dies`: a second after it was first connected to; `changed`: another key. */
type Behaviour = 'well' | 'slow' | 'silent' | 'dies' | 'changed'

const LATE = milliseconds(150)
const LIFE = milliseconds(1500)
/** Of no key at all. */
const OTHER = 'SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'

async function line(to: number, how: Behaviour): Promise<number> {
  const open = new Set<Socket>()
  let isCounted = false
  const server = createServer({ noDelay: true }, client => {
    const host = connect({ port: to, host: '127.0.0.1', noDelay: true })
    for (const [from, other] of [
      [client, host],
      [host, client],
    ] as const) {
      open.add(from)
      from.on('error', () => other.destroy()).on('close', () => other.destroy())
      if (how === 'silent') from.resume()
      else if (how === 'slow')
        from.on('data', chunk => void systemClock.wait(LATE).then(() => other.writable && other.write(chunk)))
      else from.pipe(other)
    }
    if (how !== 'dies' || isCounted) return
    isCounted = true
    void systemClock.wait(LIFE).then(() => {
      server.close()
      for (const socket of open) socket.destroy()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return typeof address === 'object' && address ? address.port : 0
}

const hosts: PrivateSshd[] = []
const machines: Record<string, string> = {}
for (const word of process.argv.slice(2)) {
  const [name = '', how = 'well'] = word.split(':')
  const sshd = await PrivateSshd.start(['SetEnv SHLVL=2'])
  hosts.push(sshd)
  const port = await line(sshd.port, how as Behaviour)
  const fingerprint = how === 'changed' ? OTHER : sshd.fingerprint
  machines[name] = `ssh://${sshd.user}@127.0.0.1:${port}?identity=${sshd.identity}&fingerprint=${fingerprint}`
}
console.log(JSON.stringify(machines))
process.stdin.resume()
await once(process.stdin, 'end')
for (const host of hosts) await host[Symbol.asyncDispose]()
process.exit(0)
