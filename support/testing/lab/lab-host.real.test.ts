import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import test from 'node:test'
import { userScript } from '../../core/command.ts'
import { systemClock } from '../../core/time/clock.ts'
import { milliseconds, seconds } from '../../core/time/duration.ts'
import { until } from '../../machine/testing/processes.ts'
import { SshShell } from '../../shell/ssh.ts'
import { judgeOnLab } from './judge.ts'
import type { LabHost } from './lab-host.ts'
import { labSkip } from './skip.ts'
import { startLabHost } from './start.ts'

const skip = labSkip
const QUITTER = '[Service]\nExecStart=/bin/false\n'
const TALKER = '[Service]\nType=oneshot\nExecStart=/bin/echo a word for the journal\n'

const overSsh = async ({ ssh }: LabHost, script: string): Promise<string> => {
  const { user, address: host, identity, fingerprint } = ssh
  await using shell = SshShell.open({
    host,
    user,
    identity,
    hostKeys: { kind: 'fingerprint', fingerprint },
    config: '',
    env: {},
  })
  return (await shell.run(userScript(script), { attempt: seconds(3) })).stdout.toString().trim()
}
const groups = (): string[] =>
  ['/sys/fs/cgroup', '/sys/fs/cgroup/systemd', '/sys/fs/cgroup/unified']
    .filter(existsSync)
    .flatMap(root => readdirSync(root).filter(name => name.startsWith('nixcumber-lab-')))
const mounts = (): string => readFileSync('/proc/self/mounts', 'utf8')

test('a host boots, with the state that it was given', { skip }, async t => {
  await using host = await startLabHost({
    name: 'web1',
    units: { 'quitter.service': QUITTER, 'talker.service': TALKER },
    start: ['quitter.service'],
    enable: ['talker.service'],
    users: [{ name: 'simon', uid: 4711, groups: ['wheel'] }],
    groups: [{ name: 'wheel' }],
    files: {
      '/etc/motd': 'hello\n',
      '/etc/secret': { text: 'x', mode: 0o600, owner: 'simon:wheel' },
      '/srv/link': { link: '/etc/motd' },
      '/srv/folder': { folder: true, mode: 0o700 },
    },
    prepare: [['touch', '/srv/a name with blanks']],
  })
  t.diagnostic(`booted in ${Math.round(host.bootMs)} ms`)
  assert.ok(host.bootMs < 5000, `took ${host.bootMs} ms`)
  assert.equal((await host.run('systemctl', 'is-system-running')).stdout, 'degraded\n')
  assert.match(await host.must('systemctl', 'list-units', '--failed', '--plain', '--no-legend'), /^quitter\.service/)
  assert.equal(
    await host.must('journalctl', '--unit', 'talker', '--grep', 'a word', '--output', 'cat'),
    'a word for the journal\n',
  )
  assert.equal(await host.must('systemctl', 'is-enabled', 'talker'), 'enabled\n')
  assert.match(
    await host.must('id', 'simon'),
    /^uid=4711\(simon\) gid=4711\(simon\) groups=4711\(simon\),2000\(wheel\)/,
  )
  assert.equal(await host.must('stat', '-c', '%a %U %G', '/etc/secret'), '600 simon wheel\n')
  assert.equal(await overSsh(host, 'hostname; cat /srv/link; ls /srv'), 'web1\nhello\na name with blanks\nfolder\nlink')
  assert.equal(host.read('/etc/hostname'), 'web1\n')
})

test('a host where nothing is broken runs; others log in, too', { skip }, async () => {
  await using host = await startLabHost({ users: [{ name: 'anna' }], login: 'anna' })
  assert.equal((await host.run('systemctl', 'is-system-running')).stdout, 'running\n')
  assert.equal(await overSsh(host, 'id -un; pwd'), 'anna\n/home/anna')
})

test('six hosts at once, each its own', { skip }, async t => {
  const start = performance.now()
  const hosts = await Promise.all(Array.from({ length: 6 }, (_, i) => startLabHost({ name: `web${i}` })))
  t.diagnostic(`booted in ${Math.round(performance.now() - start)} ms`)
  try {
    const names = await Promise.all(hosts.map(host => overSsh(host, 'hostname')))
    assert.deepEqual(
      names,
      hosts.map(({ name }) => name),
    )
    assert.equal(new Set(hosts.map(host => host.read('/etc/machine-id'))).size, 6)
  } finally {
    for (const host of hosts) await host[Symbol.asyncDispose]()
  }
})

test('programs are taken away and replaced, disks filled, before and while it runs', { skip }, async () => {
  await using host = await startLabHost({
    without: ['curl', 'ss'],
    tools: { stat: '#!/bin/sh\nexit 5\n' },
    disks: { '/srv/small': 1 },
  })
  assert.equal((await host.run('sh', '-c', 'curl')).exitCode, 127)
  assert.equal((await host.run('sh', '-c', 'ss')).exitCode, 127)
  assert.equal((await host.run('stat', '/')).exitCode, 5)
  host.remove('journalctl')
  assert.equal((await host.run('sh', '-c', 'journalctl')).exitCode, 127)
  host.replace('id', '#!/bin/sh\necho nonsense\n')
  assert.equal(await host.must('id'), 'nonsense\n')
  const makeRoom = host.fill('/srv/small')
  const write = ['dd', 'if=/dev/zero', 'of=/srv/small/x', 'count=1']
  assert.match((await host.run(...write)).stderr, /No space left/)
  makeRoom()
  await host.must(...write)
  for (const tool of ['curl', 'ss', 'stat', 'journalctl', 'id'])
    assert.ok(existsSync(`/usr/bin/${tool}`), `${tool} of the runner`)
})

test('the line is cut and mended; sshd is killed; the power goes', { skip }, async () => {
  await using host = await startLabHost()
  await host.cut()
  await assert.rejects(overSsh(host, 'true'))
  await host.connect()
  assert.equal(await overSsh(host, 'hostname'), 'box')
  await host.killSshd()
  await assert.rejects(overSsh(host, 'true'))
  assert.equal((await host.run('systemctl', 'is-failed', 'sshd')).stdout, 'failed\n')
  await host.kill()
  // The kernel ends the rest of the host a moment after its keeper.
  assert.ok(await until(async () => (await host.run('true')).exitCode !== 0))
})

test('what happens inside stays there', { skip }, async () => {
  const before = { mounts: mounts(), hostname: readFileSync('/proc/sys/kernel/hostname', 'utf8') }
  {
    await using host = await startLabHost()
    const now = Date.now()
    for (const words of [
      ['date', '--set', '2020-01-01'],
      ['sysctl', '-w', 'vm.swappiness=1'],
      ['mknod', '/disk', 'b', '254', '0'],
      ['systemctl', 'start', 'systemd-udevd'],
    ])
      assert.notEqual((await host.run(...words)).exitCode, 0, words.join(' '))
    assert.equal(await overSsh(host, 'date --set 2020-01-01 2>/dev/null >&2; echo $?'), '1')
    assert.ok(Math.abs(Date.now() - now) < 60_000)
    await host.must(
      'sh',
      '-c',
      'hostname other; mkdir /m; mount -t tmpfs x /m; rm -rf /usr/share/doc; touch /usr/bin/new; echo x > /etc/hosts',
    )
    assert.equal(host.read('/etc/hosts'), 'x\n')
    assert.ok(!existsSync('/usr/bin/new') && existsSync('/usr/share/doc'))
    assert.notEqual(readFileSync('/etc/hosts', 'utf8'), 'x\n')
    assert.ok(!(await host.must('ps', '-eo', 'args')).includes('node'))
    assert.ok(groups().length > 0)
  }
  assert.deepEqual({ mounts: mounts(), hostname: readFileSync('/proc/sys/kernel/hostname', 'utf8') }, before)
})

test('nothing is left of a host whose starter was killed', { skip }, async () => {
  const program = join(import.meta.dirname, 'lab-host-command.ts')
  const child = spawn(process.execPath, ['--import', 'tsx', program], { stdio: ['pipe', 'pipe', 'inherit'] })
  const { value } = await createInterface(child.stdout)[Symbol.asyncIterator]().next()
  const { pid, folder, group, link } = JSON.parse(String(value)) as Record<string, string>
  assert.ok(folder && group && link && existsSync(folder) && groups().includes(group))
  child.kill('SIGKILL')
  await once(child, 'exit')
  const left = (): string[] => [
    ...(existsSync(folder) ? [folder] : []),
    ...groups().filter(name => name === group),
    ...readdirSync('/sys/class/net').filter(name => name === link),
    ...(isAlive(String(pid)) ? [`process ${pid}`] : []),
  ]
  for (let tries = 0; left().length > 0 && tries < 50; tries += 1) await systemClock.wait(milliseconds(100))
  assert.deepEqual(left(), [])
})

test('rows are judged by the real command line, and what came out otherwise is told together', { skip }, async () => {
  await using host = await startLabHost({ units: { 'quitter.service': QUITTER }, start: ['quitter.service'] })
  const judged = await judgeOnLab(host, [
    ['service "sshd" is active', 'held', /active \(running\)/],
    ['service "quitter" is active within 1 second', 'not met', /it failed for good/],
    ['these services are active:\n  | sshd    |\n  | quitter |', 'not met', /quitter\.service +failed/],
    ['When I run the read-only command "hostname"\nThen it prints "box"', 'held'],
    ['service "sshd" is active within 1 minuts', 'refused', /is no length of time/],
  ])
  assert.equal(judged.length, 5)
  await assert.rejects(
    judgeOnLab(host, [
      ['service "sshd" is active', 'not met'],
      ['service "quitter" is active', 'not met', /another reason/],
      ['service "quitter" is failed', 'held'],
    ]),
    (error: Error) =>
      /2 of 3 rows/.test(error.message) && /another reason/.test(error.message) && !/is failed\n/.test(error.message),
  )
})

/** A process that has ended and was not waited for is none. */
function isAlive(pid: string): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}
