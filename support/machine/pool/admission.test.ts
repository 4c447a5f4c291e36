import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { deferred } from '../../core/deferred.ts'
import { processIdentity } from '../../core/files/process-identity.ts'
import { FakeClock } from '../../core/time/clock.ts'
import { Admission, findRoom, type RunnerCapacity } from './admission.ts'
import { type Holder, MemoryLedger, type Reservation } from './memory-ledger.ts'

const runner: RunnerCapacity = { cores: 2, availableMiB: () => 4096 }
const promise = (memoryMiB: number, state: Reservation['state'] = 'booted'): Reservation => ({
  name: 'm',
  memoryMiB,
  state,
})
const holder = (own: boolean, residentMiB: number, ...reservations: Reservation[]): Holder => ({
  own,
  residentMiB,
  reservations,
})

const rows: readonly (readonly [string, number, readonly Holder[], string])[] = [
  ['nothing is held', 3000, [], 'free'],
  ['the runner keeps something for itself', 4000, [], 'never'],
  [
    'memory that is promised and not touched yet does not count as free',
    2000,
    [holder(true, 0, promise(2048))],
    'never',
  ],
  ['memory that a machine has touched is taken off only once', 2000, [holder(true, 2048, promise(2048))], 'free'],
  ['another run will give back what it holds', 2000, [holder(false, 0, promise(2048))], 'held'],
  [
    'another run that itself waits gives nothing back',
    2000,
    [holder(false, 0, promise(2048), promise(512, 'waiting'))],
    'never',
  ],
  ['who waits holds nothing', 3000, [holder(false, 0, promise(2048, 'waiting'))], 'free'],
  ['what never fits is not waited for', 9000, [holder(false, 0, promise(2048))], 'never'],
  [
    'every core boots one already',
    512,
    [holder(false, 0, promise(512, 'booting')), holder(true, 0, promise(512, 'booting'))],
    'cores',
  ],
]
for (const [what, needed, holders, is] of rows)
  test(`room for a machine: ${what}`, () => assert.equal(findRoom(needed, holders, runner).is, is))

/** Runs of this user as their state directories show them. */
function runs(count: number) {
  const root = mkdtempSync(join(tmpdir(), 'admission-'))
  const mark = processIdentity(process.pid) ?? ''
  const ledgers = Array.from({ length: count }, () => {
    const folder = mkdtempSync(join(root, 'nixcumber-'))
    writeFileSync(join(folder, 'owner'), mark)
    return { folder, ledger: new MemoryLedger({ own: () => folder, lockFile: join(root, 'lock'), root }) }
  })
  return { ledgers, [Symbol.dispose]: () => rmSync(root, { recursive: true }) }
}

class Machine implements AsyncDisposable {
  async [Symbol.asyncDispose](): Promise<void> {}
}

test('as many machines boot at once as there are cores, whichever run they are of', async () => {
  using trial = runs(3)
  let now = 0
  let most = 0
  let gate = deferred<void>()
  const boot = async () => {
    most = Math.max(most, ++now)
    const mine = gate
    if (now === 2) {
      gate = deferred()
      mine.resolve()
    }
    await mine.promise
    now--
    return new Machine()
  }
  const clock = new FakeClock()
  const admitted = trial.ledgers.flatMap(({ ledger }, i) =>
    [1, 2].map(k => new Admission({ ledger, runner, clock }).admit(`m${i}${k}`, 128, boot)),
  )
  await Promise.all(admitted)
  assert.equal(most, 2)
})

test('two runs that ask at the same time do not both get the last of the memory', async () => {
  using trial = runs(2)
  const small: RunnerCapacity = { cores: 4, availableMiB: () => 1500 }
  const settled = await Promise.allSettled(
    trial.ledgers.map(({ ledger }) =>
      new Admission({ ledger, runner: small, signal: AbortSignal.timeout(300) }).admit(
        'm',
        1024,
        async () => new Machine(),
      ),
    ),
  )
  assert.deepEqual(settled.map(({ status }) => status).toSorted(), ['fulfilled', 'rejected'])
})

for (const [what, judged, load, wanted, room] of [
  ['a core and memory are free', 1, 1.4, 1024, true],
  ['each core has a machine that is judged', 2, 0, 1024, false],
  ['other programs want every core', 1, 2, 1024, false],
  ['there is too little memory', 1, 0, 4000, false],
] as const)
  test(`${room ? 'a' : 'no'} standby while ${what}`, () => {
    using trial = runs(1)
    const [{ ledger } = assert.fail()] = trial.ledgers
    assert.equal(new Admission({ ledger, runner, load: () => load }).hasRoom(wanted, judged), room)
  })

test('a machine waits, with words, until the other run gives its memory back', async () => {
  using trial = runs(2)
  const [one, other] = trial.ledgers.map(({ ledger }) => ledger)
  if (!one || !other) throw new Error('two runs')
  const small: RunnerCapacity = { cores: 4, availableMiB: () => 1500 }
  const first = await new Admission({ ledger: one, runner: small }).admit('first', 1024, async () => new Machine())
  const said: string[] = []
  const clock = new FakeClock()
  const progress = {
    start: (what: string) => {
      said.push(what)
      return {
        update: (detail: string) => {
          if (!said.includes(detail)) said.push(detail)
          if (clock.now() > 2000) first[Symbol.asyncDispose]()
        },
        done() {},
      }
    },
    note() {},
  }
  await new Admission({ ledger: other, runner: small, progress, clock }).admit(
    'second',
    1024,
    async () => new Machine(),
  )
  assert.deepEqual(said, [
    'waiting to boot second',
    '1024 MiB wanted, 476 MiB free until 1 machine of other workers or runs end',
  ])
  assert.ok(clock.now() > 2000)
})

test("a run's own machines that are not needed give their memory first, as many as it takes", async () => {
  using trial = runs(1)
  const [{ ledger } = { ledger: undefined }] = trial.ledgers
  if (!ledger) throw new Error('a run')
  const small: RunnerCapacity = { cores: 4, availableMiB: () => 2400 }
  const idle: Machine[] = []
  const wanted: string[] = []
  const admission = new Admission({
    ledger,
    runner: small,
    async makeRoom(forWhom) {
      wanted.push(forWhom)
      const one = idle.shift()
      await one?.[Symbol.asyncDispose]()
      return one !== undefined
    },
  })
  for (const name of ['one', 'two']) idle.push(await admission.admit(name, 1000, async () => new Machine()))
  await admission.admit('big', 2000, async () => new Machine())
  assert.deepEqual(wanted, ['big', 'big'])
  await assert.rejects(
    admission.admit('more', 1000, async () => assert.fail()),
    /not enough memory/,
  )
})

test('a machine that does not fit into the memory is refused before it boots', async () => {
  using trial = runs(1)
  const [{ ledger } = { ledger: undefined }] = trial.ledgers
  if (!ledger) throw new Error('a run')
  const admission = new Admission({ ledger, runner: { cores: 2, availableMiB: () => 1000 } })
  await assert.rejects(
    admission.admit('big', 4096, async () => assert.fail()),
    /not enough memory to boot machine "big".*1000 MiB available/s,
  )
  assert.equal(ledger.holders()[0]?.reservations.length, 0)
})

test('what a dead run has promised counts for nothing', () => {
  using trial = runs(2)
  const [one, other] = trial.ledgers
  if (!one || !other) throw new Error('two runs')
  other.ledger.write(promise(4000))
  assert.equal(one.ledger.holders().length, 2)
  writeFileSync(join(other.folder, 'owner'), '1 0 another-boot')
  assert.equal(one.ledger.holders().length, 1)
})
