import assert from 'node:assert/strict'
import test from 'node:test'
import { EnvironmentBroken, UsageError } from '../../core/errors.ts'
import { FakeClock } from '../../core/time/clock.ts'
import { type Duration, milliseconds, minutes } from '../../core/time/duration.ts'
import { type FakeServer, HcloudApi, refusal, saying, type Trouble } from '../../hcloud/testing/api.ts'
import { serversBy } from './servers.ts'

const SERVERS: readonly FakeServer[] = [
  { name: 'web2', ipv4: '192.0.2.2', labels: { env: 'prod', role: 'web', 'nixcumber-user': 'deploy' } },
  { name: 'web1', ipv6: '2001:db8:7::/64', labels: { env: 'prod', role: 'web', 'nixcumber-role': 'edge' } },
  { name: 'db1', private: '10.0.0.3', labels: { env: 'prod', 'nixcumber-port': '2222' } },
  { name: 'old', status: 'off', ipv4: '192.0.2.9', labels: { env: 'prod', state: 'old' } },
  { name: 'test1', ipv4: '192.0.2.7', labels: { env: 'test' } },
]

interface Asked {
  readonly selector?: string
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly troubles?: readonly Trouble[]
  /** Of one answer, in real time: short only where no answer comes at all, or a busy machine would be taken for a silent API. */
  readonly attempt?: Duration
  /** The port where the API was is closed. */
  readonly dead?: true
}

async function ask({ selector = 'env=prod', env = {}, troubles = [], attempt = minutes(1), dead }: Asked = {}) {
  await using api = await HcloudApi.start(SERVERS)
  const there = { ...api.env }
  if (dead) await api.stop()
  api.troubles.push(...troubles)
  const notes: string[] = []
  const clock = new FakeClock()
  const plan = {
    env: { ...there, ...env },
    clock,
    attempt,
    waiting: (text: string) => notes.push(text),
    note: (text: string) => notes.push(text),
  }
  const outcome = await serversBy(selector, plan).then(
    machines => ({ machines, error: undefined }),
    (error: Error) => ({ machines: undefined, error }),
  )
  return { ...outcome, notes, asked: api.asked, token: api.token, waited: clock.now() }
}

test('running servers by label, from all pages, by name: their address, login and roles, and no right to do anything', async () => {
  const { machines, asked, notes } = await ask()
  assert.deepEqual(machines, {
    db1: { address: 'ssh://root@10.0.0.3:2222', roles: [], allow: [] },
    web1: { address: 'ssh://root@[2001:db8:7::1]', roles: ['web', 'edge'], allow: [] },
    web2: { address: 'ssh://deploy@192.0.2.2', roles: ['web'], allow: [] },
  })
  assert.deepEqual(notes, ['server old of the Hetzner Cloud is off: it is not judged'])
  assert.deepEqual(
    asked.map(({ search }) => search),
    [1, 2].map(page => `?label_selector=env%3Dprod&page=${page}&per_page=50`),
  )
})

test('a used up rate limit is waited for, aloud, until the moment that the API names', async () => {
  const { machines, notes, waited } = await ask({
    troubles: [refusal(429, 'rate_limit_exceeded', 'limit of 3600 requests per hour reached', reset(40))],
  })
  assert.equal(Object.keys(machines ?? {}).length, 3)
  assert.match(notes.join(), /^the rate limit of the Hetzner Cloud is used up: going on in 40 s/)
  assert.equal(waited, 40_000)
})

test('how long to wait may be said without a clock', async () => {
  const { waited } = await ask({ troubles: [refusal(429, 'rate_limit_exceeded', 'limit', { 'retry-after': '7' })] })
  assert.equal(waited, 7000)
})

test('what fails for a passing reason is asked again', async () => {
  const dropped: Trouble = request => request.socket.destroy()
  const { machines, asked, waited } = await ask({ troubles: [refusal(503, 'unavailable', 'soon'), dropped] })
  assert.equal(Object.keys(machines ?? {}).length, 3)
  assert.equal(asked.length, 4)
  assert.equal(waited, 3000)
})

const silent: Trouble = () => {}
/** By the API's own clock: on a busy machine a minute goes by before it is asked. */
const reset = (inSeconds: number) => {
  const date = 'Thu, 01 Jan 2026 00:00:00 GMT'
  return { date, 'ratelimit-reset': String(Date.parse(date) / 1000 + inSeconds) }
}
const page = (next: unknown): string => JSON.stringify({ servers: [], meta: { pagination: { next_page: next } } })
const four = (trouble: Trouble): Trouble[] => Array.from({ length: 4 }, () => trouble)

const refused: readonly (readonly [string, Asked, typeof EnvironmentBroken | typeof UsageError, RegExp])[] = [
  [
    'without a token',
    { env: { HCLOUD_TOKEN: ' ' } },
    UsageError,
    /HCLOUD_TOKEN is not set\n.*Next +export HCLOUD_TOKEN/s,
  ],
  [
    'with a wrong token',
    { env: { HCLOUD_TOKEN: 'wrong' } },
    EnvironmentBroken,
    /does not take the token.*401 unauthorized/s,
  ],
  [
    'to an endpoint in the clear',
    { env: { HCLOUD_ENDPOINT: 'http://192.0.2.1/v1' } },
    UsageError,
    /no address to which a token may/,
  ],
  [
    'to an endpoint with a password, which is not told',
    { env: { HCLOUD_ENDPOINT: 'https://user:hunter2@192.0.2.1/v1' } },
    UsageError,
    /no address to which a token may.*https:\/\/…@192/s,
  ],
  [
    'with a selector that the API refuses',
    { troubles: [refusal(400, 'invalid_input', 'invalid label_selector')] },
    UsageError,
    /refuses the question\n.*400 invalid_input: invalid label_selector/s,
  ],
  [
    'when nothing matches',
    { selector: 'env=prdo' },
    UsageError,
    /No running server of the Hetzner Cloud matches hcloud:env=prdo\n.*no server/s,
  ],
  ['when nothing that matches runs', { selector: 'state=old' }, UsageError, /No running server.*old off/s],
  [
    'after four failures',
    { troubles: four(refusal(500, 'server_error', 'oops')) },
    EnvironmentBroken,
    /gives no answer\n.*500 server_error: oops\n.*4 times/s,
  ],
  [
    'when it is silent',
    { troubles: four(silent), attempt: milliseconds(50) },
    EnvironmentBroken,
    /gives no answer\n.*nothing within 50 ms/s,
  ],
  ['when it is dead', { dead: true }, EnvironmentBroken, /gives no answer\n.*ECONNREFUSED/s],
  [
    'when the limit is used up for long',
    { troubles: [refusal(429, 'rate_limit_exceeded', 'limit reached', reset(900))] },
    EnvironmentBroken,
    /rate limit of the Hetzner Cloud is used up\n.*429 rate_limit_exceeded.*try again in 15 min/s,
  ],
  ['with what is no JSON', { troubles: [saying('<html>')] }, EnvironmentBroken, /what is no JSON\n.*<html>/s],
  [
    'with other JSON',
    { troubles: [saying('{"servers":[{}]}')] },
    EnvironmentBroken,
    /other than documented\n.*servers\.0\.id/s,
  ],
  ['with pages in a circle', { troubles: [saying(page(1))] }, EnvironmentBroken, /page 1 after page 1/],
  [
    'with a way to elsewhere',
    { troubles: four((_, response) => void response.writeHead(302, { location: 'http://localhost:9/' }).end()) },
    EnvironmentBroken,
    /gives no answer\n.*redirect/s,
  ],
]

for (const [what, asked, type, words] of refused)
  test(`there is an end ${what}`, async () => {
    const { error } = await ask(asked)
    assert.ok(error instanceof type, String(error))
    assert.match(error.message, words)
  })

test('the token is in no message, though the other side sends it back', async () => {
  for (const status of [400, 401, 500]) {
    const echo: Trouble = (request, response) =>
      refusal(status, 'x', `you sent ${request.headers.authorization}`)(request, response)
    const { error, token } = await ask({ troubles: four(echo) })
    assert.match(error?.message ?? '', /you sent Bearer •••/)
    assert.ok(!error?.message.includes(token))
  }
})
