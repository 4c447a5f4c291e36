import assert from 'node:assert/strict'
import test from 'node:test'
import { argv } from '../../core/command.ts'
import { CommandCutOff, ConnectionLost, MachineUnanswered } from '../../core/errors.ts'
import { systemClock } from '../../core/time/clock.ts'
import { milliseconds, seconds } from '../../core/time/duration.ts'
import { bounded } from '../../expect/bounded.ts'
import type { LookLimits } from '../../expect/expectation.ts'
import type { Abilities } from '../../machine/abilities.ts'
import { FAKE, FakeMachine } from '../../machine/drivers/fake.ts'
import type { Machine } from '../../machine/machine.ts'
import { withLossReporting } from './machine-loss.ts'

async function asked(answering: () => Promise<object> | object, abilities: Abilities = FAKE) {
  const machine = new FakeMachine({ kind: 'fake', name: 'web', answering, abilities })
  const silent = new Set<Machine>()
  const shell = await withLossReporting(machine, () => machine.shell(), { from: undefined, silent, clock: systemClock })
  const look = (limits: Pick<LookLimits, 'attempt'>) => shell.run(argv('true'), limits)
  return { machine, silent, look, observation: { subject: 'x', look } }
}

/** Of a command that runs on where the machine lives, the shell says in time that it was cut off. */
const LEFT = milliseconds(40)
const never = () => new Promise<object>(() => {})

test('a machine that has not even cut a command off is in doubt from then on, until it answers', async () => {
  let answer = never
  const { machine, silent, look, observation } = await asked(() => answer())
  // the fake's own bound stands for a machine that would say so, and this one does not come to it
  const hung = { ...observation, look: (limits: LookLimits) => look({ ...limits, attempt: seconds(60) }) }
  await assert.rejects(bounded(hung, { attempt: seconds(5) }, LEFT), CommandCutOff)
  assert.deepEqual([...silent], [machine])
  answer = async () => ({})
  await look({ attempt: seconds(1) })
  assert.deepEqual([...silent], [])
})

test('one that cuts the command off in time is not', async () => {
  const { silent, observation } = await asked(never)
  await assert.rejects(bounded(observation, { attempt: LEFT }), /did not end within 40 ms and was cut off/)
  assert.deepEqual([...silent], [])
})

test('nor is one whose whole scenario is given up', async () => {
  const { silent, observation } = await asked(never)
  const over = new AbortController()
  const look = bounded(observation, { attempt: seconds(5), signal: over.signal })
  over.abort(new Error('the run is over'))
  await assert.rejects(look, /the run is over/)
  assert.deepEqual([...silent], [])
})

const broken = () => Promise.reject(new ConnectionLost('Connection reset by peer'))

test('one that runs and has lost its connection is in doubt', async () => {
  const { machine, silent, look } = await asked(broken)
  await assert.rejects(look({ attempt: seconds(1) }), MachineUnanswered)
  assert.deepEqual([...silent], [machine])
})

test('so is a live host that is gone; a machine of ours is lost then, and leaves no doubt', async () => {
  const ends: [Abilities, RegExp, boolean][] = [
    [{ ...FAKE, owner: 'live' }, /^HostGone: Machine "web" does not answer any more/, true],
    [FAKE, /^EnvironmentBroken: Machine "web" was lost/, false],
  ]
  for (const [abilities, fault, isInDoubt] of ends) {
    const { machine, silent, look } = await asked(broken, abilities)
    machine.become('lost')
    await assert.rejects(look({ attempt: seconds(1) }), fault)
    assert.equal(silent.has(machine), isInDoubt)
  }
})
