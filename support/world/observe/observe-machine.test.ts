import assert from 'node:assert/strict'
import test from 'node:test'
import { argv } from '../../core/command.ts'
import { seconds } from '../../core/time/duration.ts'
import { FakeMachine } from '../../machine/drivers/fake.ts'
import type { Probe } from '../../probe/probe.ts'
import { FakeShell } from '../../shell/fake.ts'
import type { Shell } from '../../shell/shell.ts'
import { observeMachine } from './observe-machine.ts'

const probe: Probe<void, string> = {
  budget: seconds(1),
  describe: () => 'it',
  command: () => argv('look'),
  parse: ({ stdout }) => stdout.toString(),
  evidence: () => ({ name: 'journal', command: argv('journal') }),
}

async function evidenceOf(shell: () => Promise<Shell>) {
  const machine = new FakeMachine({ name: 'box' } as never)
  const start = performance.now()
  const evidence = await observeMachine({ machine, probe, query: undefined, shell }).evidence?.()
  return { evidence, seconds: (performance.now() - start) / 1000 }
}

test('what helps is asked for once more when something did not hold', async () => {
  const { evidence } = await evidenceOf(async () => new FakeShell(() => ({ stdout: 'a line\n' })))
  assert.match(evidence?.text ?? '', /a line/)
})

test('of a machine that does not answer then nothing is waited for but a moment', async () => {
  const [silent, unreachable] = await Promise.all([
    evidenceOf(async () => new FakeShell(() => new Promise(() => {}))),
    evidenceOf(() => new Promise(() => {})),
  ])
  for (const { evidence, seconds } of [silent, unreachable]) {
    assert.equal(evidence?.text, undefined)
    assert.ok(seconds < 4, `${seconds} s`)
  }
})
