/** What is left out of the facts, and why two looks at an unchanged machine are the same. */
import assert from 'node:assert/strict'
import test from 'node:test'
import { groupsSection, usersSection } from './accounts.ts'
import { certificatesSection } from './certificates.ts'
import { closureSection } from './closure.ts'
import { listenersSection } from './listeners.ts'
import { mountsSection } from './mounts.ts'
import { nodesSection } from './nodes.ts'
import { sysctlSection } from './sysctl.ts'
import { systemSection } from './system.ts'
import { unitsSection } from './units.ts'

const units = (loaded: string, files: string) => unitsSection.parse('', framed(loaded, files))

/** As `piece` says them. */
const framed = (...texts: readonly string[]): Buffer =>
  Buffer.concat(texts.map(text => Buffer.from(`${Buffer.byteLength(text)}\n${text}\n`)))

test('a unit: whether it is wanted, and whether it runs; one that was never loaded rests', () => {
  assert.deepEqual(
    units(
      'nginx.service loaded active running Nginx Web Server\n● web.service loaded failed failed A web server\n',
      'nginx.service enabled enabled\nweb.service enabled enabled\nrescue.service static -\n',
    ),
    {
      'nginx.service': 'enabled, active (running)',
      'rescue.service': 'static, inactive (dead)',
      'web.service': 'enabled, failed (failed)',
    },
  )
})

const passing = [
  'session-3.scope loaded active running Session 3 of user simon',
  'user@1000.service loaded active running User Manager for UID 1000',
  'user-runtime-dir@1000.service loaded active exited User Runtime Directory',
  'run-user-1000.mount loaded active mounted /run/user/1000',
  'run-u12.service loaded active running /bin/sh',
  `run-r${'0123456789abcdef'.repeat(2)}.service loaded active running /bin/sh`,
  'run-p4711-i4712.timer loaded active waiting /bin/sh',
  'sshd@4-10.0.0.1:22-10.0.0.9:51234.service loaded active running per-connection',
  'dev-vda.device loaded active plugged /dev/vda',
  'plymouth.service not-found inactive dead plymouth.service',
  'modprobe@drm.service loaded inactive dead Load Kernel Module drm',
]
for (const line of passing)
  test(`${line.split(' ')[0]} comes and goes by itself`, () =>
    assert.deepEqual(units(`${line}\n`, 'modprobe@.service static -\nuser@.service static -\n'), {}))

for (const name of [
  'run-backup.service',
  'dry-run-u12.service',
  'run-update.service',
  'run-p1-info.service',
  'session-manager.service',
  'my-user@web.service',
  'mydbus-:x.service',
])
  test(`${name} is one that lasts`, () =>
    assert.deepEqual(units(`${name} loaded active running x\n`, `${name} enabled -\n`), {
      [name]: 'enabled, active (running)',
    }))

test('what a timer or a socket starts is on demand, running or not; one that failed has failed, and one that is wanted must run', () => {
  const look = (state: string, file: string) =>
    units(
      `backup.timer loaded active waiting Backup\nbackup.service loaded ${state} Backup\n`,
      `backup.service ${file} -\n`,
    )['backup.service']
  assert.equal(look('active running', 'static'), 'static, on demand')
  assert.equal(look('inactive dead', 'static'), 'static, on demand')
  assert.equal(look('failed failed', 'static'), 'static, failed (failed)')
  assert.equal(look('inactive dead', 'enabled'), 'enabled, inactive (dead)')
})

test('an instance has the file of its template', () =>
  assert.deepEqual(units('getty@tty1.service loaded active running Getty\n', 'getty@.service enabled enabled\n'), {
    'getty@tty1.service': 'enabled, active (running)',
  }))

test('users and groups, but for those that services have only while they run', () => {
  const passwd =
    'root:x:0:0:System administrator:/root:/run/current-system/sw/bin/bash\nnscd:x:62345:62345::/:/bin/sh\n'
  assert.deepEqual(usersSection.parse(passwd), { root: 'uid 0, gid 0, /root, /run/current-system/sw/bin/bash' })
  assert.deepEqual(groupsSection.parse('wheel:x:1:simon,anna\nnogroup:x:65534:\nnscd:x:62345:\n'), {
    nogroup: 'gid 65534',
    wheel: 'gid 1, anna, simon',
  })
})

test('ids of services that have a user only while they run are 61184 to 65519, both among them', () => {
  const ids = [61183, 61184, 65519, 65520]
  const groups = groupsSection.parse(ids.map(id => `g${id}:x:${id}:\n`).join(''))
  const users = usersSection.parse(ids.map(id => `u${id}:x:${id}:1::/:/bin/sh\n`).join(''))
  assert.deepEqual(
    [Object.keys(groups), Object.keys(users)],
    [
      ['g61183', 'g65520'],
      ['u61183', 'u65520'],
    ],
  )
})

test('a shell that was only built anew is the same', () =>
  assert.deepEqual(usersSection.parse(`a:x:5:5::/:/nix/store/${'a'.repeat(32)}-shadow-4.14/bin/nologin\n`), {
    a: 'uid 5, gid 5, /, /nix/store/…-shadow-4.14/bin/nologin',
  }))

const SS = `tcp   LISTEN 0      128          0.0.0.0:22         0.0.0.0:*    users:(("sshd",pid=801,fd=3))
tcp   LISTEN 0      511             [::]:80            [::]:*    users:(("nginx",pid=9,fd=6),("nginx",pid=8,fd=6))
tcp   LISTEN 0      4096               *:6443             *:*    users:(("k3s-server",pid=7,fd=4))
tcp   LISTEN 0      4096       127.0.0.1:40123      0.0.0.0:*    users:(("containerd",pid=6,fd=4))
udp   UNCONN 0      0      127.0.0.53%lo:53         0.0.0.0:*    users:(("systemd-resolve",pid=5,fd=12))
udp   UNCONN 0      0            0.0.0.0:51522      0.0.0.0:*    users:(("dhcpcd",pid=4,fd=12))
`
test('who listens, without process ids and the ports of clients', () =>
  assert.deepEqual(listenersSection.parse(SS), {
    'tcp 0.0.0.0:22': 'sshd',
    'tcp [::]:6443': 'k3s-server',
    'tcp [::]:80': 'nginx',
    'udp 127.0.0.53%lo:53': 'systemd-resolve',
  }))

test('a socket without a port of its own is no listener', () =>
  assert.deepEqual(listenersSection.parse('tcp LISTEN 0 1 [fe80::1]:* [::]:*\nudp UNCONN 0 0 *:* *:*\n'), {}))

test('a port is of a client from 32768 on, of udp anywhere and of tcp on the loopback alone', () => {
  const listens = (address: string) => `tcp LISTEN 0 1 ${address} 0.0.0.0:* users:(("x",pid=1,fd=1))`
  const takes = (address: string) => `udp UNCONN 0 0 ${address} 0.0.0.0:* users:(("x",pid=1,fd=1))`
  const kept = [
    ...['127.0.0.1:32767', '[::1]:32767', '127.0.0.2:32768', '0.0.0.0:32768', '[::]:32768'].map(listens),
    ...['127.0.0.1:32767', '[::]:32767'].map(takes),
  ]
  const passing = [...['127.0.0.1:32768', '[::1]:32768'].map(listens), ...['10.0.0.1:32768', '[::]:32768'].map(takes)]
  const count = (lines: readonly string[]): number =>
    Object.keys(listenersSection.parse(`${lines.join('\n')}\n`)).length
  assert.deepEqual([count(kept), count(passing)], [kept.length, 0])
})

test("without ss the kernel's tables say where, and not who", () => {
  const row = (state: string) =>
    `   0: 00000000:0016 00000000:0000 ${state} 00000000:00000000 00:00000000 00000000     0        0 1`
  const six =
    '   0: 00000000000000000000000000000000:0050 00000000000000000000000000000000:0000 0A 00000000:00000000 00'
  assert.deepEqual(
    listenersSection.parse(`tcp   sl  local_address rem_address\ntcp ${row('0A')}\ntcp ${row('01')}\ntcp6 ${six}\n`),
    {
      'tcp 0.0.0.0:22': 'unknown',
      'tcp [::]:80': 'unknown',
    },
  )
})

test('mounts without sizes and what belongs to a login', () =>
  assert.deepEqual(
    mountsSection.parse(
      '/dev/vda1 / ext4 rw,relatime 0 0\ntmpfs /run tmpfs rw,nosuid,size=50k,mode=755 0 0\ntmpfs /run/user/1000 tmpfs rw 0 0\n',
    ),
    { '/': 'ext4 /dev/vda1, rw, relatime', '/run': 'tmpfs, rw, nosuid, mode=755' },
  ))

test('sysctls as sysctl(8) names them, lines joined, counters left out', () =>
  assert.deepEqual(
    sysctlSection.parse(
      './net/ipv4/ip_forward:1\n./net/ipv4/tcp_rmem:4096\t131072\t6291456\n./a/b:one\n./a/b:two\n./fs/aio-nr:17\n./net/ipv4/conf/veth1a2b/rp_filter:1\n./net/ipv4/conf/eth0.5/rp_filter:1\n',
    ),
    {
      'a.b': 'one; two',
      'net.ipv4.conf.eth0.5.rp_filter': '1',
      'net.ipv4.ip_forward': '1',
      'net.ipv4.tcp_rmem': '4096 131072 6291456',
    },
  ))

test('the closure: names and versions, several of one name together, outputs of one package once', () =>
  assert.deepEqual(
    closureSection.parse(
      'bash-5.2-p26\nlinux-6.6.30\nlinux-6.6.30-modules\nopenssl-3.0.13\nopenssl-3.0.13-bin\nopenssl-1.1.1w\nunit-nginx.service\nperl5.36.0-URI-5.12\n',
    ),
    { bash: '5.2-p26', linux: '6.6.30', openssl: '1.1.1w, 3.0.13', 'perl5.36.0-URI': '5.12' },
  ))

test('a certificate: until when, and for whom; a damaged one is said to be, a key is none', () => {
  const damaged = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'
  assert.deepEqual(certificatesSection.parse('', framed('/a.pem', damaged, '/b.pem', '')), {
    '/a.pem': 'no certificate that can be read',
  })
  assert.deepEqual(certificatesSection.parse('', framed()), {})
})

test('nodes: whether each is Ready, its version and its roles', () => {
  const node = (name: string, status: string, more: object = {}) => ({
    metadata: { name, labels: { 'node-role.kubernetes.io/control-plane': 'true', other: 'x' } },
    spec: more,
    status: { conditions: [{ type: 'Ready', status }], nodeInfo: { kubeletVersion: 'v1.30.2+k3s1' } },
  })
  assert.deepEqual(
    nodesSection.parse(JSON.stringify({ items: [node('b', 'Unknown'), node('a', 'True', { unschedulable: true })] })),
    { a: 'Ready, cordoned, v1.30.2+k3s1, control-plane', b: 'not Ready, v1.30.2+k3s1, control-plane' },
  )
})

test('facts of the system are what stands behind the first tab of their line, whatever signs are in it', () => {
  assert.deepEqual(systemSection.parse('version\t26.05\tpre\r\u2028x\nhostname\tbox\n\n'), {
    version: '26.05\tpre\r\u2028x',
    hostname: 'box',
  })
})
