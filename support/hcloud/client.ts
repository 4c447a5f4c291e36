/** GET from the Hetzner Cloud API: with its token, within its rate limit, and again where that may help. */

import { EnvironmentBroken, type NixcumberError } from '../core/errors.ts'
import { refuse } from '../core/refusal.ts'
import { rows } from '../core/text/text.ts'
import { type Clock, systemClock } from '../core/time/clock.ts'
import { Deadline } from '../core/time/deadline.ts'
import { type Duration, formatDuration, milliseconds, minutes, seconds } from '../core/time/duration.ts'

export interface ClientPlan {
  /** HCLOUD_TOKEN and HCLOUD_ENDPOINT are read, as hcloud(1) does. */
  readonly env: Readonly<Record<string, string | undefined>>
  readonly clock?: Clock
  /** Of one answer. */
  readonly attempt?: Duration
  /** Told before a wait that would look like a hang. */
  /** Told before a long wait. */
  waiting(text: string): void
}

const ENDPOINT = 'https://api.hetzner.cloud/v1'
const ATTEMPT = seconds(20)
/** Of everything together, waits included. The API gives back one request each second. */
const BUDGET = minutes(3)
/** After each of these an answer that failed for a passing reason is asked for once more. */
const PAUSES = [1, 2, 4].map(seconds)

export class HcloudClient {
  readonly #plan: ClientPlan
  readonly #token: string
  readonly #endpoint: URL
  readonly #clock: Clock
  readonly #deadline: Deadline

  /** @throws UsageError without a token, and for an endpoint that would carry it in the clear */
  constructor(plan: ClientPlan) {
    const { HCLOUD_TOKEN: token = '', HCLOUD_ENDPOINT: endpoint } = plan.env
    if (token.trim() === '')
      throw refuse({
        what: 'The Hetzner Cloud wants a token, and HCLOUD_TOKEN is not set',
        next: 'export HCLOUD_TOKEN; one that may only read is enough',
      })
    this.#plan = plan
    this.#token = token.trim()
    this.#endpoint = readEndpoint(endpoint || ENDPOINT)
    this.#clock = plan.clock ?? systemClock
    this.#deadline = Deadline.after(BUDGET, this.#clock)
  }

  /**
   * The answer as it came, parsed but not checked.
   * @throws EnvironmentBroken when there is none, UsageError when the question was refused
   */
  async get(path: string, query: Readonly<Record<string, string>>): Promise<unknown> {
    const url = new URL(`${this.#endpoint.href.replace(/\/$/, '')}${path}?${new URLSearchParams(query)}`)
    for (let failed = 0; ; ) {
      // However many pages there are.
      if (this.#deadline.expired) throw this.#tooLong()
      const answer = await this.#ask(url)
      if (answer.status === 429) {
        await this.#untilReset(answer)
        continue
      }
      if (answer.status < 500 && answer.status > 0) return this.#read(answer)
      const pause = PAUSES[failed++]
      if (pause === undefined || pause.ms >= this.#deadline.remaining.ms) throw this.#noAnswer(answer)
      await this.#clock.wait(pause)
    }
  }

  /** Without an answer the status is 0, and the text says why. */
  async #ask(url: URL): Promise<Answer> {
    const attempt = this.#plan.attempt ?? ATTEMPT
    try {
      const response = await fetch(url, {
        headers: { authorization: `Bearer ${this.#token}`, accept: 'application/json' },
        // The token is for this address, and for none that it may point to.
        redirect: 'error',
        signal: AbortSignal.timeout(attempt.ms),
      })
      return { status: response.status, headers: response.headers, text: await response.text() }
    } catch (error) {
      return { status: 0, headers: new Headers(), text: whyNot(error, attempt) }
    }
  }

  async #untilReset({ headers, text }: Answer): Promise<void> {
    const wait = milliseconds(Math.max(1000, untilReset(headers)))
    if (wait.ms >= this.#deadline.remaining.ms)
      throw this.#broken('The rate limit of the Hetzner Cloud is used up', {
        Got: `429 ${saidIn(text)}`,
        Next: `try again in ${formatDuration(wait)}`,
      })
    this.#plan.waiting(`the rate limit of the Hetzner Cloud is used up: going on in ${formatDuration(wait)}`)
    await this.#clock.wait(wait)
  }

  #read({ status, text }: Answer): unknown {
    const got = `${status} ${saidIn(text)}`.trimEnd()
    if (status === 401 || status === 403)
      throw this.#broken('The Hetzner Cloud does not take the token in HCLOUD_TOKEN', {
        Got: got,
        Next: 'a token of the project whose servers are meant; one that may only read is enough',
      })
    if (status >= 400) throw refuse({ what: 'The Hetzner Cloud refuses the question', got: this.#harmless(got) })
    try {
      return JSON.parse(text)
    } catch {
      throw this.#broken('The Hetzner Cloud answers with what is no JSON', {
        Got: text.trim().slice(0, 80) || 'nothing',
        Expected: `the API at ${this.#endpoint.href}`,
      })
    }
  }

  #noAnswer({ status, text }: Answer): NixcumberError {
    return this.#broken('The Hetzner Cloud gives no answer', {
      Got: status === 0 ? text : `${status} ${saidIn(text)}`.trimEnd(),
      Asked: `${this.#endpoint.href}, ${PAUSES.length + 1} times`,
    })
  }

  #tooLong(): NixcumberError {
    return this.#broken('The Hetzner Cloud has not told all of its servers', {
      Waited: formatDuration(BUDGET),
      Asked: this.#endpoint.href,
    })
  }

  #broken(what: string, table: Readonly<Record<string, string>>): EnvironmentBroken {
    return new EnvironmentBroken(this.#harmless(`${what}\n${rows(table)}`.trimEnd()))
  }

  /** Whatever the other side sends back: the token is in no message. */
  #harmless(text: string): string {
    return text.replaceAll(this.#token, '•••')
  }
}

interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/

function readEndpoint(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url && url.username === '' && url.search === '') {
    if (url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.test(url.hostname))) return url
  }
  throw refuse({
    what: 'HCLOUD_ENDPOINT is no address to which a token may be sent',
    expected: `https://…, as ${ENDPOINT}`,
    got: text.replace(/\/\/[^@/]*@/, '//…@'),
  })
}

/** Milliseconds. `Retry-After` counts from now; `RateLimit-Reset` is a time by the API's clock, which may not be ours. */
function untilReset(headers: Headers): number {
  const [after, reset, date] = ['retry-after', 'ratelimit-reset', 'date'].map(name => headers.get(name) ?? '')
  if (/^\d+$/.test(after ?? '')) return Number(after) * 1000
  const now = Date.parse(date ?? '') || Date.now()
  return /^\d+$/.test(reset ?? '') ? Number(reset) * 1000 - now : 0
}

function whyNot(error: unknown, attempt: Duration): string {
  if (!(error instanceof Error)) return String(error)
  if (error.name === 'TimeoutError') return `nothing within ${formatDuration(attempt)}`
  const cause = error.cause as { code?: string; message?: string } | undefined
  return cause?.message || cause?.code || error.message
}

/** `{ "error": { "code": "invalid_input", "message": "…" } }`, as each refusal of the API holds it. */
function saidIn(text: string): string {
  try {
    const { error } = JSON.parse(text) as { error?: { code?: unknown; message?: unknown } }
    return [error?.code, error?.message].filter(each => typeof each === 'string').join(': ')
  } catch {
    return ''
  }
}
