import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { gzipSync } from 'node:zlib'
import { golden } from '../../core/testing/golden.ts'
import { factsCommand, parseFacts } from './machine-facts.ts'

const fixtures = join(import.meta.dirname, '../../../fixtures')
const said = (stdout: Buffer) => parseFacts({ exitCode: 0, stdout, stderr: Buffer.alloc(0) })

/** Recorded on real machines, see fixtures/transcripts/README.md; the golden is what is kept of it. */
for (const machine of ['nixos-20.09', 'offline-server'])
  test(`the facts of ${machine}`, () => {
    const recorded = readFileSync(join(fixtures, 'transcripts/facts', `${machine}.txt`))
    golden(`facts/${machine}.json`, `${JSON.stringify(said(recorded), undefined, 1)}\n`)
    assert.deepEqual(said(gzipSync(recorded)), said(recorded))
  })

test('an answer that was cut off keeps what came before', () => {
  const whole = readFileSync(join(fixtures, 'transcripts/facts/nixos-20.09.txt'))
  const { sections, missing } = said(whole.subarray(0, whole.indexOf('root:x:0')))
  assert.deepEqual(Object.keys(sections), ['system', 'units'])
  assert.equal(missing.users, 'the answer was cut off before it')
  assert.equal(Object.keys(missing).length, 10)
})

test('an answer in another form is told, and spoils no other', () => {
  const { sections, missing } = said(Buffer.from(`${'0 0\n\n'.repeat(9)}0 8\nnot JSON\n`))
  assert.equal(missing.nodes, 'kubectl answered in another form than it should')
  assert.equal(Object.keys(sections).length, 9)
})

const NEEDED = [
  'sh',
  'cat',
  'date',
  'grep',
  'head',
  'printf',
  'readlink',
  'sed',
  'sort',
  'timeout',
  'tr',
  'uname',
  'ls',
]

/** A computer with these programs only, asked for real. */
function ask(programs: Readonly<Record<string, string>>) {
  const folder = mkdtempSync(join(tmpdir(), 'facts-'))
  try {
    for (const name of NEEDED) symlinkSync(spawnSync('which', [name]).stdout.toString().trim(), join(folder, name))
    for (const [name, script] of Object.entries(programs)) {
      writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`)
      chmodSync(join(folder, name), 0o755)
    }
    const start = performance.now()
    const asked = spawnSync('/bin/sh', ['-c', factsCommand(0.1).script], { env: { PATH: folder } })
    return { ...said(asked.stdout), seconds: (performance.now() - start) / 1000, exitCode: asked.status }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

test('a program that is not there costs its section, and is named', () => {
  const { sections, missing, exitCode } = ask({ getent: 'echo root:x:0:0:root:/root:/bin/sh' })
  assert.equal(exitCode, 0)
  assert.deepEqual(sections.users, { root: 'uid 0, gid 0, /root, /bin/sh' })
  assert.equal(missing.units, 'systemctl is not there')
  assert.equal(missing.nodes, 'there is no Kubernetes here')
  assert.ok(Object.keys(sections.sysctl ?? {}).length > 100)
})

test('a program that fails, or never answers, costs its section and a bounded time', () => {
  const { sections, missing, seconds } = ask({ getent: 'exit 2', systemctl: 'while :; do read -r _ < /dev/zero; done' })
  assert.equal(missing.users, 'getent ended with exit code 2')
  assert.equal(missing.units, 'no answer in time')
  assert.ok(sections.mounts)
  assert.ok(seconds < 10, `${seconds} s`)
})

/** Control characters, the separators of old, forged answers, NUL, and text that is no UTF-8. */
const HOSTILE = [
  `${Array.from({ length: 31 }, (_, i) => String.fromCharCode(i + 1)).join('')}\u001f0\u001e\0\xe9 0`,
  '\n0 3\nyes\n0 0\n\n\n0 9999999\n@ /etc/x.pem\n0',
]

test('whatever stands in one answer, it is that answer’s: the others are as they were', () => {
  const octal = (text: string) =>
    [...Buffer.from(text, 'latin1')].map(byte => `\\${byte.toString(8).padStart(3, '0')}`).join('')
  const units = 'a.service loaded active running A'
  const others = ({ sections }: ReturnType<typeof ask>) => [
    sections.groups,
    sections.units?.['a.service'],
    sections.closure,
  ]
  const tools = (text: string) => ({
    systemctl: `[ "$1" != list-units ] || printf '${units} ${octal(text)}\\n${units}\\n'`,
    getent: `case $1 in passwd) printf '${octal(text)}';; group) echo wheel:x:1:;; esac`,
  })
  const plain = others(ask(tools('x')))
  assert.deepEqual(plain, [{ wheel: 'gid 1' }, 'active (running)', undefined])
  for (const text of HOSTILE) {
    const found = ask(tools(text))
    assert.deepEqual(others(found), plain, JSON.stringify(text))
    assert.equal(found.missing.nodes, 'there is no Kubernetes here', JSON.stringify(text))
    assert.ok(Object.keys(found.sections.sysctl ?? {}).length > 100)
  }
})

test('an answer without end costs its section, bounded bytes, and is not taken for one that ended', () => {
  const { sections, missing, seconds } = ask({ getent: 'while :; do echo root:x:0:0:root 0; done' })
  assert.match(missing.users ?? '', /cut off|no answer in time/)
  assert.equal(sections.users, undefined)
  assert.ok(seconds < 10, `${seconds} s`)
})
