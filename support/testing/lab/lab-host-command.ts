/** Boots a host, says as a line of JSON what of it stands outside of its namespaces, and keeps it as long as standard input is open. */
import { basename } from 'node:path'
import { startLabHost } from './start.ts'

await using host = await startLabHost()
const { folder, ssh, pid } = { folder: host.folder, ssh: host.ssh, pid: String(host.pid) }
console.log(JSON.stringify({ pid, folder, group: `${basename(folder)}-1`, link: `nclab${ssh.address.split('.')[2]}` }))
for await (const _ of process.stdin);
