/** Signatures by the ssh-keygen of this computer. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { UsageError } from '../core/errors.ts'
import { canonical } from './canonical.ts'
import { fingerprintOf, sign } from './sign.ts'
import { checkSignature, type Signature, type Signers } from './signature.ts'
import { good } from './testing/document.ts'

const folder = mkdtempSync(join(tmpdir(), 'nixcumber-sign-'))
test.after(() => rmSync(folder, { recursive: true, force: true }))
const keygen = (...args: string[]): string => execFileSync('ssh-keygen', args, { encoding: 'utf8', cwd: folder })

function key(name: string, passphrase = ''): { file: string; line: string } {
  keygen('-q', '-t', 'ed25519', '-N', passphrase, '-C', name, '-f', name)
  return { file: join(folder, name), line: readFileSync(join(folder, `${name}.pub`), 'utf8').trim() }
}

const [simon, anna] = [key('simon'), key('anna')]
let lists = 0
function signers(...lines: string[]): Signers {
  lists += 1
  const allowed = join(folder, `allowed-${lists}`)
  writeFileSync(allowed, `${lines.join('\n')}\n`)
  return { allowed }
}
const simonMay = signers(`simon@home ${simon.line}`)
const content = canonical(good())

const why = (found: Signature): string => (found.good ? 'good' : found.why)

test('a good signature says whose it is', async () => {
  const found = await checkSignature(content, await sign(content, simon.file), simonMay)
  assert.deepEqual(found, { good: true, principal: 'simon@home', fingerprint: await fingerprintOf(simon.file) })
})

test('one byte edited is found', async () => {
  const signature = await sign(content, simon.file)
  const edited = content.replace('"held": 3', '"held": 4')
  assert.notEqual(edited, content)
  assert.match(why(await checkSignature(edited, signature, simonMay)), /incorrect signature|Could not verify/i)
})

test("a stranger's is none", async () => {
  assert.match(why(await checkSignature(content, await sign(content, anna.file), simonMay)), /No principal/i)
})

test('one that was made for something else is none', async () => {
  writeFileSync(join(folder, 'document'), content)
  keygen('-q', '-Y', 'sign', '-f', 'simon', '-n', 'git', 'document')
  const signature = readFileSync(join(folder, 'document.sig'), 'utf8')
  assert.match(why(await checkSignature(content, signature, simonMay)), /namespace|verif/i)
})

test('a signer who may sign for something else only is none', async () => {
  const forGit = signers(`simon@home namespaces="git" ${simon.line}`)
  assert.notEqual(why(await checkSignature(content, await sign(content, simon.file), forGit)), 'good')
})

for (const [what, until, wanted] of [
  ['one whose time is over is none', '20200101', /No principal|expired|not.*valid/i],
  ['one whose time is not over is good', '20990101', /^good$/],
] as const)
  test(what, async () => {
    const dated = signers(`simon@home valid-before="${until}" ${simon.line}`)
    assert.match(why(await checkSignature(content, await sign(content, simon.file), dated)), wanted)
  })

test('one that was revoked is none', async () => {
  keygen('-q', '-k', '-f', 'revoked', 'simon.pub')
  const [signature, revoked] = [await sign(content, simon.file), join(folder, 'revoked')]
  assert.match(why(await checkSignature(content, signature, { ...simonMay, revoked })), /revoked/i)
  keygen('-q', '-k', '-f', 'revoked-anna', 'anna.pub')
  const other = { ...simonMay, revoked: join(folder, 'revoked-anna') }
  assert.equal(why(await checkSignature(content, signature, other)), 'good')
})

test('half a signature is none, nor is nothing', async () => {
  const signature = await sign(content, simon.file)
  for (const half of ['', signature.slice(0, 100), signature.replace(/[A-Za-z0-9]{40}/, '')])
    assert.notEqual(why(await checkSignature(content, half, simonMay)), 'good')
})

test('of two who may, the one who has signed is named', async () => {
  const both = signers(`anna@home ${anna.line}`, `simon@home ${simon.line}`)
  const found = await checkSignature(content, await sign(content, simon.file), both)
  assert.equal(found.good && found.principal, 'simon@home')
})

test('an agent signs by the public half', async t => {
  const said = execFileSync('ssh-agent', ['-s'], { encoding: 'utf8' })
  const [socket = '', pid = ''] = [/SSH_AUTH_SOCK=([^;]+)/.exec(said)?.[1], /SSH_AGENT_PID=(\d+)/.exec(said)?.[1]]
  const before = process.env.SSH_AUTH_SOCK
  t.after(() => {
    process.kill(Number(pid))
    if (before === undefined) delete process.env.SSH_AUTH_SOCK
    else process.env.SSH_AUTH_SOCK = before
  })
  process.env.SSH_AUTH_SOCK = socket
  const held = key('held')
  const other = key('not-held')
  rmSync(other.file)
  await assert.rejects(sign(content, `${other.file}.pub`), UsageError)
  execFileSync('ssh-add', ['-q', held.file])
  rmSync(held.file)
  const list = signers(`held@home ${held.line}`)
  assert.equal(why(await checkSignature(content, await sign(content, `${held.file}.pub`), list)), 'good')
})

test('a passphrase is not waited for without a terminal', async () => {
  await assert.rejects(sign(content, key('locked', 'secret words').file), /could not be signed[\s\S]*ssh-add KEY/)
})

test('what is no key is refused before anything is run', async () => {
  writeFileSync(join(folder, 'text'), 'no key')
  chmodSync(join(folder, 'text'), 0o600)
  await assert.rejects(fingerprintOf(join(folder, 'text')), /is no key/)
  await assert.rejects(fingerprintOf(join(folder, 'nowhere')), /There is no key/)
})
