/**
 * `lab-command.ts web1 db1:sudo-password inner:plain<jump …`: a lab as long as standard input is open. Says its hosts as JSON, then
 * obeys lines: `silence NAME`, `speak NAME`, `kill NAME`.
 */
import { createInterface } from 'node:readline'
import { Lab } from './lab.ts'

await using lab = await Lab.start(process.argv.slice(2))
console.log(JSON.stringify(lab.hosts))
for await (const line of createInterface(process.stdin)) {
  const [what, name = ''] = line.split(' ')
  if (what === 'silence' || what === 'speak' || what === 'kill') await lab[what](name)
}
