import assert from 'node:assert/strict'
import test from 'node:test'
import type { Pickle } from '@cucumber/messages'
import { deferred } from '../../core/deferred.ts'
import type { Candidate } from '../../cucumber/selection/work-unit.ts'
import { type HostQueuesRun, runHostQueues } from './run-host-queues.ts'

const scenario = (name: string): Candidate =>
  ({
    pickle: { id: name, name, uri: 'a.feature', tags: [], steps: [], astNodeIds: [] },
    gherkinDocument: {},
  }) as unknown as Candidate

const queue = (host: string, count: number) => ({
  name: host,
  hosts: [host],
  scenarios: Array.from({ length: count }, (_, i) => scenario(`${host} ${i}`)),
})

/** Waits until everything that can happen has happened. */
const settled = async (): Promise<void> => {
  for (let i = 0; i < 20; i++) await new Promise(resolve => setImmediate(resolve))
}

class Trial {
  readonly running = new Map<string, (held: boolean) => void>()
  readonly begun: string[] = []
  readonly connecting = new Map<string, () => void>()
  readonly failing: boolean[] = []
  patience = deferred<void>()
  readonly ended: Promise<boolean>

  constructor(
    plan: Partial<HostQueuesRun<Candidate>> & Pick<HostQueuesRun<Candidate>, 'queues'>,
    slow: readonly string[] = [],
  ) {
    this.ended = runHostQueues({
      hostsAtOnce: 2,
      failFast: false,
      mayRunBeside: () => true,
      connect: host =>
        slow.includes(host) ? new Promise(resolve => this.connecting.set(host, resolve)) : Promise.resolve(),
      run: ({ pickle }, failing) => {
        this.begun.push(pickle.name)
        this.failing.push(failing)
        return new Promise(resolve => this.running.set(pickle.name, resolve))
      },
      clock: { now: () => 0, wait: () => this.patience.promise },
      ...plan,
    })
  }

  async end(name: string, held = true): Promise<void> {
    this.running.get(name)?.(held)
    this.running.delete(name)
    await settled()
  }

  async endAll(): Promise<void> {
    for (await settled(); this.running.size > 0; await settled())
      for (const name of [...this.running.keys()]) await this.end(name)
  }

  get hosts(): string[] {
    return [...new Set([...this.running.keys()].map(name => name.split(' ')[0] ?? ''))]
  }
}

test('so many hosts at once, four scenarios of each', async () => {
  const trial = new Trial({ queues: [queue('web1', 6), queue('web2', 1), queue('web3', 1)] })
  await settled()
  assert.deepEqual([...trial.running.keys()], ['web1 0', 'web1 1', 'web1 2', 'web1 3', 'web2 0'])
  await trial.end('web2 0')
  assert.deepEqual(trial.hosts, ['web1', 'web3'])
  await trial.endAll()
  assert.equal(await trial.ended, true)
  assert.equal(trial.begun.length, 8)
})

test('one host at once means one scenario at once', async () => {
  const trial = new Trial({ queues: [queue('web1', 3), queue('web2', 1)], hostsAtOnce: 1 })
  await settled()
  assert.deepEqual([...trial.running.keys()], ['web1 0'])
  await trial.endAll()
  assert.deepEqual(trial.begun, ['web1 0', 'web1 1', 'web1 2', 'web2 0'])
})

test('a host that refuses every login gives its place away, and is asked as soon as it does', async () => {
  const trial = new Trial({ queues: [queue('dead', 1), queue('slow', 1), queue('web1', 1)] }, ['dead', 'slow'])
  await settled()
  assert.deepEqual(trial.begun, [])
  trial.patience.resolve()
  await settled()
  assert.deepEqual(trial.begun, ['web1 0'])
  trial.connecting.get('slow')?.()
  await settled()
  assert.deepEqual(trial.begun, ['web1 0', 'slow 0'])
  trial.connecting.get('dead')?.()
  await trial.endAll()
  assert.equal(await trial.ended, true)
})

test('the first that does not hold ends it: no other host is connected to, and the others are told that it failed', async () => {
  const trial = new Trial({ queues: [queue('web1', 1), queue('dead', 1), queue('web2', 2)], failFast: true }, ['dead'])
  await settled()
  await trial.end('web1 0', false)
  await trial.endAll()
  assert.equal(await trial.ended, false)
  assert.deepEqual(trial.failing, [false, true, true, true])
})

test('what the project does not let run beside others waits for them', async () => {
  const alone = (pickle: Pickle): boolean => pickle.name !== 'web2 0'
  const trial = new Trial({ queues: [queue('web1', 1), queue('web2', 1)], mayRunBeside: alone })
  await settled()
  assert.deepEqual(trial.begun, ['web1 0'])
  await trial.end('web1 0')
  assert.deepEqual(trial.begun, ['web1 0', 'web2 0'])
  await trial.endAll()
})
