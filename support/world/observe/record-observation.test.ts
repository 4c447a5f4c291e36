import assert from 'node:assert/strict'
import test from 'node:test'
import { EnvironmentBroken } from '../../core/errors.ts'
import { FakeClock } from '../../core/time/clock.ts'
import { seconds } from '../../core/time/duration.ts'
import { claim } from '../../expect/claim.ts'
import { FakeMachine } from '../../machine/drivers/fake.ts'
import { command } from '../../probe/command.ts'
import { OBSERVATION_MEDIA_TYPE, readObservation } from '../../report/results/observation.ts'
import { provideContext } from '../context.ts'
import { NixWorld } from '../world.ts'

const answered = (said = (exitCode: number) => `exit code ${exitCode}`) =>
  claim({
    wanted: 'exit code 0',
    missed: 'was not answered',
    holds: ({ exitCode }: { exitCode: number }) => exitCode === 0,
    seen: ({ exitCode }) => said(exitCode),
  })

type Answers = ConstructorParameters<typeof FakeMachine>[0]['answering']

/** A world in a Then step, and what it attaches. */
function judging(answering: Answers = () => ({ exitCode: 0 }), context: object = {}) {
  provideContext({ settings: {}, clock: new FakeClock(), flakes: {}, machines: { names: [] }, ...context } as never)
  const attached: { body: string; mediaType: string }[] = []
  const attach = (body: string, mediaType: string) => attached.push({ body, mediaType })
  const world = new NixWorld({ attach, log() {}, link() {}, parameters: {} } as never)
  world.judging = true
  world.inPlay.set('t14', new FakeMachine({ kind: 'fake', name: 't14', answering }))
  return { world, attached, observed: () => attached.map(({ body }) => readObservation(body)) }
}

test('what held is kept as it was seen', async () => {
  const { world, attached, observed } = judging()
  await world.see(command, 'true', answered(), {})
  assert.equal(attached[0]?.mediaType, OBSERVATION_MEDIA_TYPE)
  assert.deepEqual(observed(), [{ subject: 'the command "true" on t14', wanted: 'exit code 0', seen: 'exit code 0' }])
})

test('of many looks the last one is kept, once', async () => {
  let looks = 0
  const { world, observed } = judging(() => ({ exitCode: 3 - looks++ }))
  await world.see(command, 'true', answered(), { within: seconds(10) })
  assert.deepEqual(
    observed().map(each => each?.seen),
    ['exit code 0'],
  )
})

test('what held by a look that was answered late is noted', async () => {
  const clock = new FakeClock()
  const notes: string[] = []
  const answering = () => {
    clock.advance(seconds(2.5))
    return { exitCode: 0 }
  }
  const { world } = judging(answering, { clock, record: { note: (text: string) => notes.push(text) } })
  await world.see(command, 'true', answered(), { within: seconds(1) })
  assert.deepEqual(notes, [
    'the command "true" on t14: what held was seen by a look that began within 1 s, and was answered 1.5 s after that',
  ])
})

test('what did not hold is kept in the words of its message', async () => {
  const { world, observed } = judging(() => ({ exitCode: 4 }))
  await assert.rejects(world.see(command, 'true', answered(), { now: true }), /Observed +exit code 4/)
  await assert.rejects(world.keepSeeing(command, 'true', answered(), { lasting: seconds(1) }))
  assert.deepEqual(
    observed().map(each => each?.seen),
    ['exit code 4', 'exit code 4'],
  )
})

test('what could not be looked at was not seen', async () => {
  const { world, attached } = judging(() => {
    throw new EnvironmentBroken('no way in')
  })
  await assert.rejects(world.see(command, 'true', answered(), { now: true }), /no way in/)
  assert.deepEqual(attached, [])
})

test('a Given or When keeps nothing', async () => {
  const { world, attached } = judging()
  world.judging = false
  await world.see(command, 'true', answered(), {})
  assert.deepEqual(attached, [])
})

test('a long text is cut, what held sooner than what did not', async () => {
  const { world, observed } = judging(({ script }) => ({ exitCode: script.includes('false') ? 1 : 0 }))
  const long = answered(() => 'x'.repeat(5000))
  await world.see(command, 'true', long, {})
  await assert.rejects(world.see(command, 'false', long, { now: true }))
  const [held, missed] = observed()
  assert.match(held?.seen ?? '', /^x{300}… 4700 more characters$/)
  assert.match(missed?.seen ?? '', /^x{2000}… 3000 more characters$/)
})
