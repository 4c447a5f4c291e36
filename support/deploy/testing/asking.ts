/** Says `ready`, listens to nothing for a moment, and then asks for the name of host `t14`: what is typed meanwhile is typed ahead. */
import { confirm } from '../confirm.ts'

const deed = { host: 't14', how: 'switch', address: 'root@192.0.2.4:22', fingerprint: 'SHA256:abc' }

console.log('ready')
Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500)
const answering = { input: process.stdin, show: (text: string) => console.log(text) }
await confirm({ ...deed, rehearsal: false, details: {} }, answering).then(
  () => console.log('confirmed'),
  (error: Error) => console.log(`refused: ${error.message.replaceAll(/\s+/g, ' ')}`),
)
process.exit()
