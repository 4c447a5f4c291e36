/**
 * Several streams of cucumber's messages made into one, as if one run had sent them: scenarios in the order of the features, one start,
 * one end. Pure. Two runs of one text give the same structure with other ids, so ids correspond by position; the rest are random (uuid).
 */
import type { Envelope, Pickle } from '@cucumber/messages'
import { refuse } from '../../core/refusal.ts'
import { taggedMachine } from '../machine-tag.ts'
import { textHash } from '../text-hash.ts'
import { MergedRuns } from './merged-runs.ts'
import { renamed, zipIds } from './message-ids.ts'

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
  readonly #runs = new MergedRuns(id => this.#nameOf(id))

  add({ name, envelopes }: Stream): void {
    const ids = new Map<string, string>()
    const seen = new Map<string, number>()
    const again = (signature: string): string => {
      const count = (seen.get(signature) ?? 0) + 1
      seen.set(signature, count)
      return `${signature} ${count}`
    }
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
    this.#runs.add(name, rest, ids)
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

  #nameOf(pickleId: string): string {
    const pickle = [...this.#features.values()].flatMap(picklesOf).find(({ id }) => id === pickleId)
    return pickle ? `${pickle.uri}: ${pickle.name}` : pickleId
  }

  envelopes(): Envelope[] {
    const features = [...this.#features.values()]
    return [
      ...(this.#meta ? [this.#meta] : []),
      ...features.flatMap(feature => [...feature.told, ...picklesOf(feature).map(pickle => ({ pickle }))]),
      ...this.#definitions.values(),
      ...this.#runs.inOrder(features.flatMap(picklesOf).map(({ id }) => id)),
    ]
  }
}

const picklesOf = ({ pickles }: Feature): Pickle[] => [...pickles.values()].flat()

const isDefinition = (envelope: Envelope): boolean =>
  [envelope.stepDefinition, envelope.hook, envelope.parameterType, envelope.undefinedParameterType].some(Boolean)

const signatureOf = (envelope: Envelope): string =>
  JSON.stringify(envelope, (key, value: unknown) => (key === 'id' ? undefined : value))
