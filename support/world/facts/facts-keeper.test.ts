import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import type { CommandResult } from '../../core/command.ts'
import { ConnectionLost } from '../../core/errors.ts'
import { milliseconds, seconds } from '../../core/time/duration.ts'
import { OWN_MACHINE } from '../../machine/abilities.ts'
import { FakeMachine } from '../../machine/drivers/fake.ts'
import { LIVE_HOST } from '../../machine/drivers/ssh.ts'
import type { Machine, MachinePlan } from '../../machine/machine.ts'
import type { FactsFile } from '../../record/facts-file.ts'
import { FactsKeeper } from './facts-keeper.ts'

const ANSWER = '0 12\nhostname\tt14\n'
const BOOT = '11111111-2222-3333-4444-555555555555'
const live = { kind: 'ssh', name: 't14', host: 't14', abilities: LIVE_HOST } as const
const image = {
  kind: 'image',
  name: 't14',
  abilities: OWN_MACHINE,
  source: { folder: '/nowhere' },
  login: { user: 'root' },
} as const

type Said = () => Promise<Partial<CommandResult>> | Partial<CommandResult>

/** A keeper, a machine, and what is written down of it. */
function trial(plan: MachinePlan, said: Said = () => ({ stdout: Buffer.from(ANSWER) })) {
  const cache = mkdtempSync(join(tmpdir(), 'facts-'))
  const written: FactsFile[] = []
  const notes: string[] = []
  const asked: string[] = []
  const record = { facts: (facts: FactsFile) => void written.push(facts) }
  const keeper = () =>
    new FactsKeeper({ record, progress: { note: (text: string) => notes.push(text) }, cache } as never)
  const shell = {
    run: async ({ script }: { script: string }) => {
      asked.push(script)
      return script.includes('boot_id') ? { stdout: Buffer.from(BOOT) } : said()
    },
  }
  const fake = new FakeMachine({ kind: 'fake', name: 't14' })
  const machine = Object.assign(fake, { plan, shell: async () => shell }) as unknown as Machine
  return { keeper, machine, written, notes, asked, [Symbol.dispose]: () => rmSync(cache, { recursive: true }) }
}

test('a live host is asked once, in one round trip', async () => {
  using it = trial(live)
  const keeper = it.keeper()
  keeper.begin(it.machine)
  keeper.begin(it.machine)
  await keeper.settled('t14')
  await keeper.end()
  assert.equal(it.asked.length, 1)
  assert.equal(it.written.length, 1)
  assert.deepEqual(it.written[0]?.sections.system, { hostname: 't14' })
})

test('a machine that was kept is asked which boot it is, and nothing more', async () => {
  using it = trial(image)
  for (const round of [1, 2]) {
    const keeper = it.keeper()
    keeper.begin(it.machine)
    await keeper.end()
    assert.equal(it.written.length, round)
  }
  assert.deepEqual(it.written[0], it.written[1])
  assert.equal(it.asked.length, 3)
})

test('one that gives no answer is written down as such, and nothing fails', async () => {
  using it = trial(live, () => Promise.reject(new ConnectionLost('Machine "t14" does not answer\n\n  more')))
  const keeper = it.keeper()
  keeper.begin(it.machine)
  await keeper.end()
  assert.deepEqual(it.written[0]?.sections, {})
  assert.equal(it.written[0]?.missing.units, 'Machine "t14" does not answer')
})

test('the end of the run waits for the last answer, and not for ever', async () => {
  using it = trial(live, () => new Promise(() => {}))
  const keeper = it.keeper()
  keeper.begin(it.machine)
  await keeper.end(milliseconds(20))
  assert.equal(it.written[0]?.missing.system, 'the run was over before it was told')
})

test('a run that is stopped waits for nothing', async () => {
  using it = trial(live, () => new Promise(() => {}))
  const keeper = it.keeper()
  keeper.begin(it.machine)
  keeper.giveUp()
  const over = AbortSignal.timeout(5000)
  await keeper.end(seconds(20))
  assert.equal(over.aborted, false)
  assert.equal(it.written.length, 1)
})

test('facts that cannot be written are a note', async () => {
  using it = trial(live)
  it.written.push = () => {
    throw new Error('The disk is full: facts')
  }
  const keeper = it.keeper()
  keeper.begin(it.machine)
  await keeper.end()
  assert.deepEqual(it.notes, ['The facts of t14 are not kept: The disk is full: facts'])
})

test('on a full disk not even the note can be kept, and that is no matter', async () => {
  using it = trial(live)
  it.written.push = it.notes.push = () => {
    throw new Error('The disk is full')
  }
  const keeper = it.keeper()
  keeper.begin(it.machine)
  await keeper.end()
})
