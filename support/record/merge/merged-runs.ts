import type { Envelope, TestCase } from '@cucumber/messages'
import { refuse } from '../../core/refusal.ts'
import { renamed, zipIds } from './message-ids.ts'

/** A scenario as one of the streams has it, with what happened in it; nothing when it was announced only. */
interface Ran {
  readonly case: TestCase
  readonly from: string
  readonly ran: Envelope[]
}

/** What several streams say of scenarios that were run, as one run would have said it. */
export class MergedRuns {
  readonly #nameOf: (pickleId: string) => string
  readonly #starts: Envelope[] = []
  readonly #ends: Envelope[] = []
  #streams = 0
  /** By the id of the pickle. */
  readonly #cases = new Map<string, Ran>()
  readonly #others: Envelope[] = []

  constructor(nameOf: (pickleId: string) => string) {
    this.#nameOf = nameOf
  }

  /** What a stream says of scenarios that were run: all other ids are known by now. */
  add(from: string, envelopes: readonly Envelope[], ids: Map<string, string>): void {
    this.#streams += 1
    const cases = new Map<string, Envelope[]>()
    const attempts = new Map<string, Envelope[]>()
    const own: Ran[] = []
    const start = envelopes.find(({ testRunStarted }) => testRunStarted)
    const first = this.#starts[0] ?? start
    if (start && first) zipIds(start, first, ids)
    for (const envelope of envelopes.map(each => renamed(each, ids))) {
      const { testCase, testCaseStarted } = envelope
      if (envelope.testRunStarted) this.#starts.push(envelope)
      else if (envelope.testRunFinished) this.#ends.push(envelope)
      else if (testCase) {
        const ran: Envelope[] = []
        cases.set(testCase.id, ran)
        own.push({ case: testCase, from, ran })
      } else {
        const id = testCaseStarted?.id ?? attemptOf(envelope)
        const ran = testCaseStarted ? cases.get(testCaseStarted.testCaseId) : attempts.get(id ?? '')
        if (testCaseStarted && ran) attempts.set(testCaseStarted.id, ran)
        ;(ran ?? this.#others).push(envelope)
      }
    }
    this.#take(own)
  }

  /** One that was announced in several streams and ran in one is that one's. */
  #take(own: readonly Ran[]): void {
    const twice = own.filter(each => each.ran.length > 0 && this.#cases.get(each.case.pickleId)?.ran.length)
    const [one] = twice
    if (one)
      throw refuse({
        what: `${twice.length} of the scenarios ran in ${this.#cases.get(one.case.pickleId)?.from} and in ${one.from} too`,
        expected: 'each scenario in one run only: which result would count?',
        got: twice
          .slice(0, 5)
          .map(each => this.#nameOf(each.case.pickleId))
          .join('\n'),
        next: 'leave one of the runs out',
      })
    for (const each of own)
      if (each.ran.length > 0 || !this.#cases.has(each.case.pickleId)) this.#cases.set(each.case.pickleId, each)
  }

  /** @param pickleIds of all scenarios, in the order of the features */
  inOrder(pickleIds: readonly string[]): Envelope[] {
    const cases = pickleIds.flatMap(id => this.#cases.get(id) ?? [])
    return [
      ...earliest(this.#starts),
      ...cases.map(each => ({ testCase: each.case })),
      ...this.#others,
      ...cases.flatMap(({ ran }) => ran),
      ...this.#end(),
    ]
  }

  /** None when one of the runs came to none. */
  #end(): Envelope[] {
    const ends = this.#ends.flatMap(({ testRunFinished }) => testRunFinished ?? [])
    const last = ends.toSorted((a, b) => moment(b.timestamp) - moment(a.timestamp))[0]
    if (!last || ends.length < this.#streams) return []
    return [{ testRunFinished: { ...last, success: ends.every(({ success }) => success) } }]
  }
}

const attemptOf = ({ testStepStarted, testStepFinished, attachment, testCaseFinished }: Envelope): string | undefined =>
  (testStepStarted ?? testStepFinished ?? attachment ?? testCaseFinished)?.testCaseStartedId

const moment = ({ seconds, nanos }: { seconds: number; nanos: number }): number => seconds * 1000 + nanos / 1e6

const earliest = (starts: readonly Envelope[]): Envelope[] =>
  starts
    .toSorted(
      (a, b) =>
        moment(a.testRunStarted?.timestamp ?? { seconds: 0, nanos: 0 }) -
        moment(b.testRunStarted?.timestamp ?? { seconds: 0, nanos: 0 }),
    )
    .slice(0, 1)
