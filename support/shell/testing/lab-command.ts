/**
 * `lab-command.ts web1 db1:sudo-password inner:plain<jump …`: a lab as long as standard input is open. Says its hosts as a line of
 * JSON, then obeys lines, each answered by one of JSON: `silence NAME`, `speak NAME`, `kill NAME`, `run NAME SCRIPT` (what it prints).
 */
import { createInterface } from 'node:readline'
import { Lab } from './lab.ts'

await using lab = await Lab.start(process.argv.slice(2))
console.log(JSON.stringify(lab.hosts))
for await (const line of createInterface(process.stdin)) {
  const [, what, name = '', script = ''] = /^(\S+) (\S+) ?(.*)$/.exec(line) ?? []
  if (what === 'silence' || what === 'speak' || what === 'kill') await lab[what](name)
  console.log(JSON.stringify(what === 'run' ? lab.run(name, 'sh', '-c', script) : 'done'))
}
