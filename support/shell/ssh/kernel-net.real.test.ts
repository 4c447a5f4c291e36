import assert from 'node:assert/strict'
import test, { after, before, describe } from 'node:test'
import { type Command, unconfined, userScript } from '../../core/command.ts'
import { seconds } from '../../core/time/duration.ts'
import { hearingRefusals } from '../hindrance.ts'
import type { Shell } from '../shell.ts'
import { type SshOptions, SshShell } from '../ssh.ts'
import { Lab } from '../testing/lab.ts'

const skip = Lab.isPossible ? false : 'needs root, sshd and iproute2'
const limits = { attempt: seconds(30) }

/** LINUX_REBOOT_CMD_CAD_OFF of reboot(2), which only turns a key off; says the error: 1 without the capability, 22 in a namespace of processes. */
const REBOOT = `python3 -c 'import ctypes, sys; c = ctypes.CDLL(None, use_errno=True); sys.exit(c.reboot(0) and ctypes.get_errno())'`

/** Written past the reader, as by an error in it: only the kernel is left to refuse them. */
const CHANGES = [
  'rm /root/kept',
  'echo changed | tee /root/kept',
  'echo changed > /proc/1/root/root/kept',
  'touch /tmp/new /dev/shm/new /run/new /etc/new',
  'chmod 000 /root/kept',
  'mv /root/kept /root/gone',
  'ip link add nixcumber0 type veth peer name nixcumber1',
  'ip link set lo down',
  'sysctl -w net.ipv4.ip_forward=1',
  'echo 1 > /proc/sys/net/ipv4/ip_forward',
  'mount -t tmpfs none /root',
  'mount -o remount,rw /',
  'umount /root',
  'hostname changed',
  'nsenter -t 1 -m rm /root/kept',
  'unshare -m true',
  'chroot / rm /root/kept',
  'mknod /root/node b 7 0',
  'su -s /bin/sh deploy -c "touch /home/deploy/new"',
  REBOOT,
]

const LOOKS: readonly (readonly [string, RegExp])[] = [
  ['id -un', /^root$/],
  ['head -c 5 /etc/shadow', /^\w+/],
  ['echo $((1 + 1)) > /dev/null; echo $?', /^0$/],
  ['cat <<< hello; cat <<EOF\nthere\nEOF', /^hello\nthere$/],
  ['ss -Hltn | grep -c :22', /^\d+$/],
  ['cat <(hostname)', /^root$/],
  ['head -c 300000 /dev/zero | wc -c', /^300000$/],
  ['seq 100000 | tail -n 1', /^100000$/],
  ['seq 20000 | head -c 90000 | sha256sum | cut -c1-4; seq 20000', /20000$/],
  ['mktemp > /dev/null || TMPDIR=/proc/tty/ldisc mktemp', /^\/proc\/tty\/ldisc\//],
  ['stat -c %a /root', /^7\d\d$/],
  ['set -- $SSH_CONNECTION; exec 3<>"/dev/tcp/$3/22" && head -c 3 <&3', /^SSH$/],
]

describe('the kernel around a live host', { skip }, () => {
  let lab: Lab
  before(async () => {
    lab = await Lab.start([
      'root',
      'other',
      'fresh',
      'free:sudo-free',
      'asks:sudo-password',
      'none:no-sudo',
      'bare:no-bash',
    ])
    for (const name of ['root', 'other', 'free']) lab.run(name, 'sh', '-c', 'echo kept > /root/kept')
  })
  after(() => lab?.[Symbol.asyncDispose]())

  const open = (name: string, more: Partial<SshOptions> = {}): SshShell => {
    const { address: host, user, identity, fingerprint, password } = lab.host(name)
    const hostKeys = { kind: 'fingerprint', fingerprint } as const
    return SshShell.open({
      ...{ host, user, identity, hostKeys, config: '', env: {}, looksOnly: true },
      ...(user === 'root' ? {} : { sudo: { password } }),
      ...more,
    })
  }
  const run = (shell: Shell, command: string | Command) =>
    shell.run(typeof command === 'string' ? userScript(command) : command, limits)
  const state = (name: string): string =>
    lab.run(
      name,
      'sh',
      '-c',
      'cat /root/kept; ls -A /root /tmp /dev/shm; hostname; ip -o link; cat /proc/sys/net/ipv4/ip_forward /proc/self/mounts',
    )

  test('changes nothing, whatever is sent to it', async () => {
    for (const name of ['root', 'free']) {
      const before = state(name)
      await using shell = open(name)
      for (const script of CHANGES) {
        const { exitCode, hindered, stderr } = await run(shell, script)
        assert.notEqual(exitCode, 0, `${script} on ${name}: ${stderr}`)
        if (script === REBOOT) assert.equal(exitCode, 1)
        if (/^(rm|touch|chmod|mv) /.test(script)) assert.match(hindered?.line ?? '', /Read-only file system/, script)
      }
      assert.deepEqual(shell.kernelNet, { holds: true })
      assert.deepEqual(shell.netsOf(userScript('rm x')), ['reader', 'kernel'])
      assert.equal(state(name), before)
    }
  })

  test('and where changes are allowed it does not stand in the way', async () => {
    await using shell = open('other', { looksOnly: false })
    for (const script of ['touch /tmp/new', 'ip link add nixcumber0 type veth peer name nixcumber1', 'rm /root/kept']) {
      const { exitCode, stderr } = await run(shell, script)
      assert.equal(exitCode, 0, `${script}: ${stderr}`)
    }
    assert.notEqual((await run(shell, REBOOT)).exitCode, 1)
    assert.equal(shell.kernelNet, undefined)
    assert.equal(lab.run('other', 'ls', '/root'), '')
  })

  test('looks see what they see without it', async () => {
    await using shell = open('root')
    for (const [script, wanted] of LOOKS) {
      const { stdout, stderr } = await run(shell, script)
      assert.match(stdout.toString().trim(), wanted, `${script}: ${stderr}`)
    }
  })

  test('what is refused before a pipe that succeeds is told', async () => {
    await using shell = open('root')
    const { exitCode, stdout, hindered } = await run(shell, 'touch /tmp/new | wc -l')
    assert.deepEqual([exitCode, stdout.toString()], [0, '0\n'])
    assert.match(hindered?.line ?? '', /Read-only file system/)
  })

  test('so is what hides its standard error, asked like a sentence asks', async () => {
    await using shell = open('root')
    const heard = hearingRefusals(shell, asked => shell.restraint(asked))
    const hindered = async (script: string) =>
      (await run(heard, { script, hides: { shown: script.replace('2>/dev/null', '2>&2') } })).hindered
    assert.match((await hindered('touch /tmp/new 2>/dev/null | wc -l'))?.line ?? '', /Read-only file system/)
    assert.equal(await hindered('ls /none 2>/dev/null | wc -l'), undefined)
  })

  test('what is refused is said in English, whatever the language is there', async () => {
    for (const name of ['root', 'none']) {
      await using shell = open(name)
      assert.equal((await run(shell, 'echo $LC_MESSAGES ${LC_ALL-unset}')).stdout.toString(), 'C unset\n', name)
    }
    await using free = open('other', { looksOnly: false })
    assert.equal((await run(free, 'echo ${LC_MESSAGES-unset}')).stdout.toString(), 'unset\n')
  })

  test('what is refused to a user who is not root is told where changes are allowed, too', async () => {
    await using shell = open('none', { looksOnly: false })
    const { hindered } = await run(shell, 'cat /etc/shadow | wc -l')
    assert.equal(hindered?.by, 'user')
    await using root = open('root', { looksOnly: false })
    assert.equal((await run(root, 'echo x: Permission denied >&2')).hindered, undefined)
  })

  test('what is refused to a user who is not root is told, without bash too', async () => {
    for (const [name, why] of [
      ['none', 'not root'],
      ['bare', 'there is no bash'],
    ] as const) {
      await using shell = open(name)
      const { hindered } = await run(shell, 'cat /etc/shadow | wc -l')
      assert.deepEqual(shell.kernelNet, { holds: false, why })
      assert.equal(hindered?.by, 'user')
      assert.match(hindered.line, /Permission denied/, name)
    }
  })

  test('what it would keep back is asked for beside it', async () => {
    await using shell = open('root')
    const mounts = 'grep -c " /root .* rw," /proc/self/mounts'
    assert.equal((await run(shell, mounts)).stdout.toString().trim(), '0')
    const beside = unconfined(userScript(mounts))
    assert.equal((await run(shell, beside)).stdout.toString().trim(), '1')
    assert.deepEqual(shell.netsOf(beside), ['reader'])
  })

  test('nothing of it is left on the host', async () => {
    const trace = () => lab.run('fresh', 'sh', '-c', 'cat /proc/self/mountinfo; ls -A /dev/shm /proc/tty/ldisc /tmp')
    const before = trace()
    {
      await using shell = open('fresh')
      await run(shell, 'true')
      assert.equal(trace(), before)
    }
    assert.equal(trace(), before)
  })

  test('where it cannot be had that is said, and commands run as ever', async () => {
    for (const [name, why] of [
      ['none', /^not root$/],
      ['bare', /^there is no bash$/],
    ] as const) {
      const notes: string[] = []
      await using shell = open(name, { note: text => notes.push(text) })
      assert.equal((await run(shell, 'id -un')).stdout.toString(), 'deploy\n')
      assert.equal(shell.kernelNet?.holds, false)
      assert.match(shell.kernelNet?.why ?? '', why)
      assert.deepEqual(shell.netsOf(userScript('id')), ['reader'])
      if (name === 'none')
        assert.match(notes.join(), /kept from changes by what its commands say, and not by its kernel too \(not root\)/)
    }
  })

  test('with a password for sudo it is asked for once at each of the two', async () => {
    await using shell = open('asks')
    const answers = await Promise.all([run(shell, 'id -un'), run(shell, unconfined(userScript('id -un')))])
    assert.deepEqual(
      answers.map(({ stdout }) => stdout.toString()),
      ['root\n', 'root\n'],
    )
    assert.deepEqual(shell.kernelNet, { holds: true })
  })

  test('costs a connection once, and a command nothing', async t => {
    for (const looksOnly of [false, true]) {
      await using shell = open('root', { looksOnly })
      const start = performance.now()
      await run(shell, 'true')
      const first = performance.now() - start
      const again = performance.now()
      for (let i = 0; i < 50; i += 1) await run(shell, 'true')
      t.diagnostic(
        `${looksOnly ? 'inside' : 'without'}: connected after ${first.toFixed(0)} ms, ${((performance.now() - again) / 50).toFixed(1)} ms a command`,
      )
    }
  })
})
