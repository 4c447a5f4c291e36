// `lab-relay.mjs ADDRESS MILLISECONDS`: hands on what comes to port 22 of the address, late, to the same port on loopback.
import { connect, createServer } from 'node:net'

const [address, late] = process.argv.slice(2)
const loopback = address.includes(':') ? '::1' : '127.0.0.1'

createServer({ noDelay: true, allowHalfOpen: true }, client => {
  const host = connect({ port: 22, host: loopback, noDelay: true, allowHalfOpen: true })
  for (const [from, to] of [
    [client, host],
    [host, client],
  ]) {
    from.on('data', chunk => setTimeout(() => to.writable && to.write(chunk), Number(late)))
    from.on('end', () => setTimeout(() => to.end(), Number(late)))
    from.on('error', () => to.destroy())
  }
}).listen(22, address)
