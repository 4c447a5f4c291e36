import assert from 'node:assert/strict'
import test from 'node:test'
import { ConnectionLost, EnvironmentBroken, ExpectationNotMet } from '../../core/errors.ts'
import { milliseconds } from '../../core/time/duration.ts'
import { LocalShell } from '../../shell/local.ts'
import { type Running, runningNow, untilReturned } from './returned.ts'

const before: Running = { bootId: '0b0b0b0b-0000-4000-8000-000000000000', system: '/nix/store/installer' }
const system = '/nix/store/system'
const after: Running = { bootId: '1c1c1c1c-0000-4000-8000-000000000000', system }

/** Answers one after the other, the last one for good. */
function wait(...said: readonly (Running | Error)[]): Promise<Running> {
  const left = [...said]
  return untilReturned({
    ...{ subject: 'server', before, system, within: milliseconds(600), rescue: ['look at its console'] },
    async look() {
      const now = left.length > 1 ? left.shift() : left[0]
      if (now instanceof Error || now === undefined) throw now
      return now
    },
  })
}

test('it is away, and comes back as what was installed', async () => {
  assert.equal(await wait(before, new ConnectionLost('refused'), after), after)
})

test('whatever else it does is told with what can be done', async () => {
  for (const [said, Kind, words] of [
    [before, ExpectationNotMet, /did not come back as what was installed within 600 ms[\s\S]*the boot of before/],
    [{ ...after, system: '/nix/store/old' }, ExpectationNotMet, /it runs another system[\s\S]*of \/nix\/store\/old/],
    [{ ...after, system: '' }, ExpectationNotMet, /another boot, of no NixOS/],
    [new ConnectionLost('it refuses connections'), EnvironmentBroken, /could not be checked within 600 ms/],
    [new EnvironmentBroken('The host key is not the expected one'), EnvironmentBroken, /host key/],
    [{ bootId: '', system }, EnvironmentBroken, /does not say which boot it is/],
  ] as const)
    await assert.rejects(wait(said), (error: unknown) => {
      assert.ok(error instanceof Kind, String(error))
      assert.match(error.message, words)
      assert.match(error.message, /Rescue +look at its console/)
      return true
    })
})

test('a computer says which boot it is', async () => {
  await using shell = new LocalShell()
  assert.match((await runningNow(shell)).bootId, /^[0-9a-f-]{36}$/)
})
