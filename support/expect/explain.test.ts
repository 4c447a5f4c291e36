import assert from 'node:assert/strict'
import test from 'node:test'
import { CommandCutOff, ConnectionLost, type NixcumberError } from '../core/errors.ts'
import { golden } from '../core/testing/golden.ts'
import { FakeClock } from '../core/time/clock.ts'
import { milliseconds, seconds } from '../core/time/duration.ts'
import { always } from './always.ts'
import { claim } from './claim.ts'
import { eventually, once } from './eventually.ts'
import { every } from './every.ts'
import type { Evidence, Expectation, Observation } from './expectation.ts'
import { not } from './not.ts'

interface Fact {
  readonly state: string
  readonly seen?: string
}

const isActive: Expectation<Fact> = claim({
  wanted: 'active',
  missed: 'was not active',
  holds: ({ state }) => state === 'active',
  seen: ({ state, seen = state }) => seen,
  state: ({ state }) => state,
  hopeless: ({ state }) => (state === 'failed for good' ? 'it failed for good (exit-code)' : undefined),
})

const evidence: Evidence = {
  where: 'journal below; console: reports/service-14/web.console.log',
  text: '[    9.312] nginx[812]: bind() to 0.0.0.0:80 failed (98: Address already in use)\n',
  next: 'look inside: nixcumber shell web',
}

type Course = readonly (readonly [at: number, fact: Fact | Error])[]

function restarting(
  polling: Course,
  { more, subject = 'nginx.service on web' }: { more?: Evidence; subject?: string } = {},
) {
  const clock = new FakeClock()
  const observation: Observation<Fact> = {
    subject,
    async look() {
      const [, fact = new Error('nothing')] = polling.findLast(([at]) => at <= clock.now()) ?? []
      if (fact instanceof Error) throw fact
      return fact
    },
    ...(more && { evidence: async () => more }),
  }
  return { observation, terms: { clock, attempt: seconds(5), from: 'features/service.feature:14' } }
}

const failing = { state: 'activating', seen: 'activating (auto-restart), exit code 1, 4 restarts' }
const loop: Course = [
  [0, { state: 'inactive' }],
  [3000, failing],
  [5000, { state: 'failed' }],
  [6000, failing],
  [20_000, { state: 'failed' }],
  [21_000, failing],
  [40_000, { state: 'failed' }],
  [41_000, failing],
  [44_000, new CommandCutOff('cut off')],
  [45_000, failing],
  [59_000, new ConnectionLost('connection refused')],
]

const failures: Readonly<Record<string, () => Promise<unknown>>> = {
  'not-met': () => {
    const { observation, terms } = restarting(loop, { more: evidence })
    return eventually(observation, isActive, { ...terms, within: seconds(60) })
  },
  'failed-for-good': () => {
    const { observation, terms } = restarting([
      [0, { state: 'activating' }],
      [2000, { state: 'failed for good' }],
    ])
    return eventually(observation, isActive, { ...terms, within: seconds(60) })
  },
  'could-not-check': () => {
    const { observation, terms } = restarting([[0, new ConnectionLost('connect ECONNREFUSED 127.0.0.1:22')]])
    return eventually(observation, isActive, { ...terms, within: seconds(10) })
  },
  'still-so': () => {
    const { observation, terms } = restarting([[0, { state: 'active' }]])
    return eventually(observation, not(isActive, 'was still active'), { ...terms, within: seconds(10) })
  },
  'did-not-stay': () => {
    const { observation, terms } = restarting([
      [0, { state: 'active' }],
      [4000, { state: 'inactive' }],
    ])
    return always(observation, isActive, { ...terms, lasting: seconds(10) })
  },
  'unseen-end': () => {
    const { observation, terms } = restarting([
      [0, { state: 'active' }],
      [8000, new ConnectionLost('connection closed')],
    ])
    return always(observation, isActive, { ...terms, lasting: seconds(10) })
  },
  'not-now': () => {
    const { observation, terms } = restarting([[0, { state: 'inactive' }]])
    return once(observation, isActive, terms)
  },
  'rows-that-do-not-hold': () => {
    const { observation, terms } = restarting([[0, { state: 'inactive' }]], { subject: 'these 3 services on web' })
    const rows = ['sshd.service', 'nginx.service', 'cron.service'].map(name => ({ name, expectation: isActive }))
    const three = { ...observation, look: async () => [{ state: 'active' }, failing, { state: 'inactive' }] }
    const claim = every(rows, { is: 'active' })
    return eventually(three, claim, { ...terms, within: milliseconds(1500) })
  },
}

for (const [name, wait] of Object.entries(failures))
  test(`the message is the golden one: ${name}`, async () => {
    const error = await wait().then(
      () => assert.fail('must not succeed'),
      (thrown: NixcumberError) => thrown,
    )
    golden(`messages/${name}.txt`, `exit code ${error.exitCode}\n\n${error.message}\n`)
  })
