/** Many live hosts at once in this process: what waits for one of them holds up no other. */
import { setMaxListeners } from 'node:events'
import type { Pickle } from '@cucumber/messages'
import { deferred } from '../../core/deferred.ts'
import { Semaphore } from '../../core/semaphore.ts'
import { type Clock, systemClock } from '../../core/time/clock.ts'
import { seconds } from '../../core/time/duration.ts'
import type { Candidate } from '../../cucumber/selection/work-unit.ts'
import type { HostQueue } from './host-queues.ts'

export interface HostQueuesRun<C extends Candidate> {
  readonly queues: readonly HostQueue<C>[]
  /** Hosts that are asked at the same time. */
  readonly hostsAtOnce: number
  readonly failFast: boolean
  /** Of the project: whether a scenario may run beside those. */
  mayRunBeside(scenario: Pickle, others: Pickle[]): boolean
  /** Resolves when the host can be asked, or cannot be: its scenarios find that out by themselves. */
  connect(host: string): Promise<void>
  /** True when it held. `failing`: another one has failed already. */
  run(scenario: C, failing: boolean): Promise<boolean>
  readonly clock?: Clock
}

/** Scenarios of one host at the same time: they share its connection, and wait for its answers together. */
const PER_HOST = 4
/** How long a host may take to let us in before its place is given to the next; it goes on trying without one. */
const CONNECT_TIMEOUT = seconds(2)

/** True when everything held. */
export async function runHostQueues<C extends Candidate>(plan: HostQueuesRun<C>): Promise<boolean> {
  const fleet = new HostScheduler(plan)
  await Promise.all(plan.queues.map(queue => fleet.runQueue(queue)))
  return !fleet.failing
}

class HostScheduler<C extends Candidate> {
  readonly #plan: HostQueuesRun<C>
  readonly #clock: Clock
  readonly #slots: Semaphore
  readonly #busy = new Set<Pickle>()
  readonly #enough = new AbortController()
  /** Wakes those whom the project does not let run beside others. */
  #changed = deferred<void>()
  failing = false

  constructor(plan: HostQueuesRun<C>) {
    this.#plan = plan
    this.#clock = plan.clock ?? systemClock
    this.#slots = new Semaphore(plan.hostsAtOnce)
    // Each host that lets us wait listens.
    setMaxListeners(0, this.#enough.signal)
  }

  async runQueue({ hosts, scenarios }: HostQueue<C>): Promise<void> {
    const place = await this.#slots.take()
    const isSlow = await this.#connect(hosts, place)
    await using _ = isSlow ? await this.#slots.take() : place
    const left = [...scenarios]
    const atOnce = this.#plan.hostsAtOnce === 1 ? 1 : PER_HOST
    await Promise.all(Array.from({ length: Math.min(atOnce, left.length) }, () => this.#work(left)))
  }

  /** True when the place was given back meanwhile. */
  async #connect(hosts: readonly string[], place: AsyncDisposable): Promise<boolean> {
    const { signal } = this.#enough
    if (signal.aborted) return false
    const connected = Promise.all(hosts.map(host => this.#plan.connect(host))).then(() => false)
    const enough = new Promise<boolean>(resolve =>
      signal.addEventListener('abort', () => resolve(false), { once: true }),
    )
    const over = new AbortController()
    const late = this.#clock.wait(CONNECT_TIMEOUT, over.signal).then(
      () => true,
      () => false,
    )
    const isSlow = await Promise.race([connected, enough, late])
    over.abort()
    if (!isSlow) return false
    await place[Symbol.asyncDispose]()
    await Promise.race([connected, enough])
    return true
  }

  async #work(left: C[]): Promise<void> {
    for (let scenario = left.shift(); scenario; scenario = left.shift()) {
      await this.#begin(scenario.pickle)
      const held = await this.#plan.run(scenario, this.failing)
      this.#busy.delete(scenario.pickle)
      this.failing ||= !held
      if (this.failing && this.#plan.failFast) this.#enough.abort()
      this.#changed.resolve(undefined)
      this.#changed = deferred<void>()
    }
  }

  async #begin(pickle: Pickle): Promise<void> {
    while (this.#busy.size > 0 && !this.#plan.mayRunBeside(pickle, [...this.#busy])) await this.#changed.promise
    // Before any other host's scenario is asked for.
    this.#busy.add(pickle)
  }
}
