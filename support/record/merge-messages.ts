/**
 * Several streams of cucumber's messages made into one, as if one run had sent them: scenarios in the order of the features, one start,
 * one end. Pure. Two runs of one text give the same structure with other ids, so ids correspond by position; the rest are random (uuid).
 */
import type { Envelope, Pickle, TestCase } from '@cucumber/messages'
import { refuse } from '../core/refusal.ts'
import { taggedMachine } from './machine-tag.ts'
import { renamed, zipIds } from './message-ids.ts'
import { textHash } from './text-hash.ts'

export interface Stream {
  /** How the reader knows it: its folder. */
  readonly name: string
  readonly envelopes: readonly Envelope[]
}

/** @throws UsageError for features that differ, and for scenarios that ran in more than one: which result would count? */
export function mergeMessages(streams: readonly Stream[]): Envelope[] {
  const merged = new Merged()
  for (const stream of streams) merged.add(stream)
  return merged.envelopes()
}

interface Source {
  readonly data: string
  readonly from: string
}

interface Feature {
  readonly told: Envelope[]
  document?: Envelope
  /** By the nodes it was made of: one, or one for each machine of a role. */
  readonly pickles: Map<string, Pickle[]>
}

class Merged {
  #meta: Envelope | undefined
  readonly #sources = new Map<string, Source>()
  /** In the order of the features; pickles of one uri follow its document. */
  readonly #features = new Map<string, Feature>()
  readonly #definitions = new Map<string, Envelope>()
  readonly #starts: Envelope[] = []
  readonly #ends: Envelope[] = []
  #streams = 0
  /** By the id of the pickle. */
  readonly #cases = new Map<string, { readonly case: TestCase; readonly from: string; readonly ran: Envelope[] }>()
  readonly #others: Envelope[] = []

  add({ name, envelopes }: Stream): void {
    const ids = new Map<string, string>()
    const seen = new Map<string, number>()
    const again = (signature: string): string => {
      const count = (seen.get(signature) ?? 0) + 1
      seen.set(signature, count)
      return `${signature} ${count}`
    }
    this.#streams += 1
    const rest: Envelope[] = []
    for (const envelope of envelopes) {
      const { source, gherkinDocument, pickle, parseError } = envelope
      if (envelope.meta) this.#meta ??= envelope
      else if (source) this.#source(source.uri, { data: source.data, from: name }, envelope)
      else if (gherkinDocument) this.#document(gherkinDocument.uri ?? '', envelope, ids)
      else if (pickle) this.#pickle(pickle, ids)
      else if (parseError) this.#definitions.set(JSON.stringify(parseError), envelope)
      else if (isDefinition(envelope)) this.#define(again(signatureOf(envelope)), envelope, ids)
      else rest.push(envelope)
    }
    this.#runs(name, rest, ids)
  }

  #source(uri: string, source: Source, envelope: Envelope): void {
    const known = this.#sources.get(uri)
    if (known && known.data !== source.data)
      throw refuse({
        what: `${uri} is not the same in ${known.from} and ${source.from}`,
        expected: `${textHash(known.data)}, as in ${known.from}`,
        got: `${textHash(source.data)}, in ${source.from}`,
        next: 'merge only runs of the same features',
      })
    if (known) return
    this.#sources.set(uri, source)
    this.#features.set(uri, { told: [envelope], pickles: new Map() })
  }

  #document(uri: string, envelope: Envelope, ids: Map<string, string>): void {
    const feature: Feature = this.#features.get(uri) ?? { told: [], pickles: new Map() }
    this.#features.set(uri, feature)
    if (feature.document) zipIds(envelope, feature.document, ids)
    else {
      feature.document = envelope
      feature.told.push(envelope)
    }
  }

  #pickle(pickle: Pickle, ids: Map<string, string>): void {
    const own = renamed(pickle, ids)
    const nodes = own.astNodeIds.join(' ')
    const pickles = this.#features.get(pickle.uri)?.pickles
    const copies = pickles?.get(nodes) ?? []
    pickles?.set(nodes, copies)
    const known = copies.find(each => taggedMachine(each) === taggedMachine(pickle))
    if (known) zipIds(pickle, known, ids)
    else copies.push(own)
  }

  #define(signature: string, envelope: Envelope, ids: Map<string, string>): void {
    const known = this.#definitions.get(signature)
    if (known) zipIds(envelope, known, ids)
    else this.#definitions.set(signature, envelope)
  }

  /** What a stream says of scenarios that were run: all other ids are known by now. */
  #runs(from: string, envelopes: readonly Envelope[], ids: Map<string, string>): void {
    const cases = new Map<string, Envelope[]>()
    const attempts = new Map<string, Envelope[]>()
    const own: { case: TestCase; from: string; ran: Envelope[] }[] = []
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
  #take(own: readonly { case: TestCase; from: string; ran: Envelope[] }[]): void {
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

  #nameOf(pickleId: string): string {
    const pickle = [...this.#features.values()].flatMap(picklesOf).find(({ id }) => id === pickleId)
    return pickle ? `${pickle.uri}: ${pickle.name}` : pickleId
  }

  envelopes(): Envelope[] {
    const features = [...this.#features.values()]
    const pickles = features.flatMap(picklesOf)
    const cases = pickles.flatMap(({ id }) => this.#cases.get(id) ?? [])
    return [
      ...(this.#meta ? [this.#meta] : []),
      ...features.flatMap(feature => [...feature.told, ...picklesOf(feature).map(pickle => ({ pickle }))]),
      ...this.#definitions.values(),
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

const picklesOf = ({ pickles }: Feature): Pickle[] => [...pickles.values()].flat()

const isDefinition = (envelope: Envelope): boolean =>
  [envelope.stepDefinition, envelope.hook, envelope.parameterType, envelope.undefinedParameterType].some(Boolean)

const signatureOf = (envelope: Envelope): string =>
  JSON.stringify(envelope, (key, value: unknown) => (key === 'id' ? undefined : value))

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
