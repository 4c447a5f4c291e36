import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import test from 'node:test'
import { type Command, type CommandResult, sh } from '../core/command.ts'
import { answers, decoded, encoded, inSections, succeeded } from './sections.ts'

/** What a real bash prints for these sections. */
const run = (...commands: readonly Command[]): CommandResult => ({
  exitCode: 0,
  stdout: execFileSync('bash', ['-c', inSections(...commands).script], { stdio: ['ignore', 'pipe', 'ignore'] }),
  stderr: Buffer.alloc(0),
})
const read = (result: CommandResult, count: number) =>
  answers(result, 'it', count).map(({ code, text }) => [code, text])

const FORGED = [
  '\u001e',
  '0 1\nx',
  '\n0 3\nyes\n0 0\n\n0',
  '1 0',
  'a\n\n\nb',
  'ü — 日本',
  `0 999999999\n${'x'.repeat(2000)}`,
  '$(id)`id`\'"\\',
]
for (const data of FORGED)
  test(`no data passes for another section: ${JSON.stringify(data).slice(0, 40)}`, () => {
    const said = run(sh`printf %s ${data}`, sh`printf %s ${data}; exit 3`, sh`:`)
    assert.deepEqual(read(said, 3), [
      [0, data],
      [3, data],
      [0, ''],
    ])
  })

test('any bytes come whole through an encoded section, with the exit code of their command', () => {
  const bytes = Buffer.from(Array.from({ length: 512 }, (_, i) => i % 256))
  const script = sh`printf ${[...bytes].map(byte => `\\${byte.toString(8).padStart(3, '0')}`).join('')}`
  const [answer, failed] = answers(run(encoded(script), encoded(sh`${script}; false`)), 'it', 2)
  assert.deepEqual(answer && decoded(answer), bytes)
  assert.equal(failed?.code, 1)
})

test('bytes that are no UTF-8 do not shift what comes after them', () => {
  const [latin, next] = answers(run(sh`printf ${'caf\\351'}`, sh`echo next`), 'it', 2)
  assert.deepEqual([latin?.bytes, next?.text], [Buffer.from('caf\xe9', 'latin1'), 'next'])
})

test('every section speaks the C locale, and a program that is not there ends with 127', () => {
  assert.deepEqual(read(run(sh`printf %s "$LC_ALL"`, sh`nixcumber-no-such-program`), 2), [
    [0, 'C'],
    [127, ''],
  ])
})

test('an answer that was cut anywhere is unreadable, and so is one with more in it', () => {
  const whole = run(sh`echo one`, sh`printf 'two\n0 1\nx'`)
  for (let length = 0; length < whole.stdout.length; length++)
    assert.throws(() => answers({ ...whole, stdout: whole.stdout.subarray(0, length) }, 'it', 2), /could not be read/)
  assert.throws(() => answers(whole, 'it', 1), /could not be read/)
  assert.throws(() => answers(whole, 'it', 3), /could not be read/)
  assert.throws(() => answers({ ...whole, exitCode: 137 }, 'it', 2), /could not be read/)
})

test('a section that lost NUL bytes in the shell is unreadable', () => {
  const stderr = Buffer.from('bash: line 2: warning: command substitution: ignored null byte in input\n')
  assert.throws(() => answers({ ...run(sh`echo x`), stderr }, 'it', 1), /could not be read/)
})

test('what had to succeed and did not is unreadable; a missing program is not waited for', () => {
  const result = run(sh`echo x; exit 4`, sh`nixcumber-no-such-program`)
  const [failed, missing] = answers(result, 'it', 2)
  assert.throws(() => succeeded(failed, 'it', result), { name: 'UnreadableAnswer', retryable: true })
  assert.throws(() => succeeded(missing, 'it', result), { exitCode: 3, retryable: false })
})
