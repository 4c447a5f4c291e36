import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { execa } from 'execa'
import { seconds } from '../../../core/time/duration.ts'
import { findToolchain } from '../../../nix/tools/find-toolchain.ts'
import { typeOf } from '../../../shell/ssh/known-hosts.ts'
import { PrivateSshd } from '../../../shell/ssh/private-sshd.ts'
import { onlyTarget, sshFirst } from './ssh-first.ts'

const sshd = await PrivateSshd.start()
test.after(() => sshd[Symbol.asyncDispose]())
const scratch = mkdtempSync(join(tmpdir(), "nixcumber ssh'first-"))
test.after(() => rmSync(scratch, { recursive: true, force: true }))
mkdirSync(join(scratch, '.ssh'))

/** Options by which the target is known by this key alone, and no other. */
function knownBy(name: string, key: Buffer): string[] {
  const file = join(scratch, `${name} hosts`)
  writeFileSync(file, `target ${typeOf(key)} ${key.toString('base64')}\n`)
  return onlyTarget({ options: ['-o', 'HostKeyAlias=target'], knownHosts: `"${file}"` })
}
const { bin: right, calls } = await sshFirst(join(scratch, 'right'), knownBy('right', sshd.hostKey))
const other = Buffer.from(sshd.newKey('other').split(' ')[1] ?? '', 'base64')
const { bin: wrong } = await sshFirst(join(scratch, 'wrong'), knownBy('wrong', other))

/** As nixos-anywhere gives them, and what its help tells who wants a key to be checked. */
const THEIRS = ['-o', 'UserKnownHostsFile=/dev/null', '-o', 'StrictHostKeyChecking=no', '-i', sshd.identity]

const ask = (bin: string | undefined, ...argv: readonly [string, ...string[]]) =>
  execa(argv[0], argv.slice(1), {
    env: { HOME: scratch, PATH: [bin, '/elsewhere', process.env.PATH].filter(Boolean).join(':') },
    reject: false,
    timeout: seconds(30).ms,
  })
const ssh = (bin?: string) =>
  ask(bin, 'ssh', ...THEIRS, '-p', String(sshd.port), `${sshd.user}@127.0.0.1`, 'echo "in  there"')

test('a host whose key is another is let in by those options, and not where ours come first', async () => {
  const { stdout: unguarded } = await ssh()
  assert.equal(unguarded, 'in  there')
  const { stdout, stderr, exitCode } = await ssh(wrong)
  assert.equal(stdout, '')
  assert.match(stderr, /Host key verification failed/)
  assert.equal(exitCode, 255)
})

test('the announced one is let in, by whatever port, and each call is written down', async () => {
  const { stdout, stderr } = await ssh(right)
  assert.equal(stdout, 'in  there', stderr)
  assert.match(readFileSync(calls, 'utf8'), /^ssh .*echo "in {2}there"$/m)
})

test('copying of files is guarded, too', async () => {
  const from = `scp://${sshd.user}@127.0.0.1:${sshd.port}/${join(sshd.folder, 'pid')}`
  // The sshd of the test has no sftp.
  const copied = (bin: string) => ask(bin, 'scp', '-O', ...THEIRS, from, join(scratch, 'copied'))
  assert.equal((await copied(right)).exitCode, 0)
  assert.match((await copied(wrong)).stderr, /Host key verification failed/)
})

test('the key that is uploaded goes to no other host', async () => {
  const upload = (bin: string) =>
    ask(bin, 'ssh-copy-id', '-n', ...THEIRS, '-p', String(sshd.port), `${sshd.user}@127.0.0.1`)
  assert.match((await upload(wrong)).stderr, /Host key verification failed/)
  assert.doesNotMatch((await upload(right)).stderr, /verification failed/)
})

test('Nix copies to no other host', async () => {
  const toolchain = await findToolchain({ offline: true })
  const copy = async (bin: string): Promise<string> => {
    const url = `ssh://${sshd.user}@127.0.0.1`
    const { file, args, options } = toolchain.wrap(['nix', 'store', 'info', '--store', url], {
      env: { PATH: `${bin}:/usr/bin`, NIX_SSHOPTS: [...THEIRS, '-p', sshd.port].join(' '), HOME: scratch },
    })
    return (await execa(file, args, { ...options, reject: false, timeout: seconds(60).ms })).stderr
  }
  assert.match(await copy(wrong), /Host key verification failed/)
  assert.match(await copy(right), /nix-store: command not found|nix-store: not found/)
})
