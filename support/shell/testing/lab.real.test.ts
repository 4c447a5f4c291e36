import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import test from 'node:test'
import { userScript } from '../../core/command.ts'
import { processIdentity } from '../../core/files/process-identity.ts'
import { systemClock } from '../../core/time/clock.ts'
import { milliseconds, seconds } from '../../core/time/duration.ts'
import { SshShell } from '../ssh.ts'
import { Lab, type LabHost } from './lab.ts'

const skip = Lab.isPossible ? false : 'needs root, sshd and iproute2'
const shellOf = ({ user, identity, fingerprint, ...at }: LabHost, host = at.address): SshShell =>
  SshShell.open({ host, user, identity, hostKeys: { kind: 'fingerprint', fingerprint }, config: '', env: {} })
const ask = async (host: LabHost, script: string, address?: string): Promise<string> => {
  await using shell = shellOf(host, address)
  return (await shell.run(userScript(script), { attempt: seconds(10) })).stdout.toString().trim()
}
const links = (): string[] => readdirSync('/sys/class/net').filter(name => name.startsWith('nclab'))
const until = async (so: () => boolean): Promise<void> => {
  for (let tries = 0; !so(); tries += 1) {
    assert.ok(tries < 100, 'it never came to that')
    await systemClock.wait(milliseconds(100))
  }
}

test('twelve hosts have names, addresses, processes and places of their own', { skip }, async () => {
  await using lab = await Lab.start(Array.from({ length: 12 }, (_, i) => `web${i + 1}`))
  const seen = await Promise.all(lab.hosts.map(host => ask(host, 'hostname; echo > /tmp/mine; ls -A /tmp | wc -l')))
  // the agent's folder lies elsewhere, so there is the one file
  assert.deepEqual(
    seen,
    lab.hosts.map(({ name }) => `${name}\n1`),
  )
  const [first] = lab.hosts
  assert.equal(first && (await ask(first, 'hostname', first.address6)), 'web1')
  assert.equal(new Set(lab.hosts.map(({ fingerprint }) => fingerprint)).size, 12)
  assert.ok(!lab.run('web1', 'ps', '-e').includes('node'))
})

test('two labs at once; one host silent, one behind another, one killed', { skip }, async () => {
  await using one = await Lab.start(['jump', 'inner<jump', 'web'])
  await using two = await Lab.start(['web'])
  assert.notEqual(one.host('web').address, two.host('web').address)
  assert.equal(await ask(two.host('web'), 'hostname'), 'web')
  await assert.rejects(async () => {
    await using shell = shellOf(one.host('inner'))
    await shell.run(userScript('true'), { attempt: milliseconds(1500) })
  })
  await one.silence('web')
  await assert.rejects(async () => {
    await using shell = shellOf(one.host('web'))
    await shell.run(userScript('true'), { attempt: milliseconds(1500) })
  })
  await one.speak('web')
  assert.equal(await ask(one.host('web'), 'hostname'), 'web')
  await one.kill('web')
  await assert.rejects(ask(one.host('web'), 'true'))
})

test('what is left of a lab that was killed itself goes with the next start', { skip }, async () => {
  const { pid, folder } = await Lab.start(['a'])
  process.kill(pid, 'SIGKILL')
  await until(() => processIdentity(pid) === undefined)
  assert.ok(existsSync(folder))
  await using next = await Lab.start(['b'])
  assert.ok(existsSync(next.folder) && !existsSync(folder))
})

test('nothing is left of a lab whose starter was killed', { skip }, async () => {
  const program = join(import.meta.dirname, 'lab-command.ts')
  const child = spawn(process.execPath, ['--import', 'tsx', program, 'a', 'b'], { stdio: ['pipe', 'pipe', 'inherit'] })
  const { value } = await createInterface(child.stdout)[Symbol.asyncIterator]().next()
  const [host] = JSON.parse(String(value)) as LabHost[]
  assert.ok(host)
  const link = `nclab${host.address.split('.')[2]}`
  assert.ok(links().includes(link))
  child.kill('SIGKILL')
  await once(child, 'exit')
  await until(() => !links().includes(link) && !existsSync(join(host.identity, '..')))
})
