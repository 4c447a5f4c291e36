import assert from 'node:assert/strict'
import test from 'node:test'
import { EnvironmentBroken, UsageError } from '../core/errors.ts'
import { newestSnapshot } from './snapshots.ts'
import { type FakeSnapshot, HcloudApi, saying } from './testing/api.ts'

const of = (created: string, host: string, more: Partial<FakeSnapshot> = {}): FakeSnapshot => ({
  created,
  labels: { host },
  ...more,
})
const api = await HcloudApi.start(
  [],
  [
    of('2026-11-29T03:00:00+00:00', 't14'),
    of('2026-12-01T03:00:00+00:00', 't14'),
    of('2026-12-01T09:00:00+00:00', 't14', { status: 'creating' }),
    of('2026-12-01T10:00:00+00:00', 'db1'),
  ],
)
test.after(() => api.stop())
const asked = (selector: string, env = api.env) => newestSnapshot(selector, { env, waiting() {} })

test('the newest whole one with these labels', async () =>
  assert.equal((await asked('host=t14'))?.toISOString(), '2026-12-01T03:00:00.000Z'))

test('none with these labels', async () => assert.equal(await asked('host=web1'), undefined))

test('an answer of another form is none', async () => {
  api.troubles.push(saying('{ "images": [{}] }'))
  await assert.rejects(asked('host=t14'), EnvironmentBroken)
})

test('without a token nothing is asked', () => assert.rejects(asked('host=t14', {} as typeof api.env), UsageError))
