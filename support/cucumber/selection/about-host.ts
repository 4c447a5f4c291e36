/** Which scenarios are about a host of one flake, read off what is written. Pure. */
import type { Pickle } from '@cucumber/messages'
import { wordsOf } from './roles.ts'
import { type Candidate, keyOf } from './work-unit.ts'

export interface Judged {
  /** The host, and the machines that are known to be it. */
  readonly names: readonly string[]
  readonly host: string
  /** A flake that a scenario names is the one that is judged. @throws UsageError when there is none */
  isJudged(reference: string): boolean
}

export interface AboutHost {
  /** Keys of the scenarios that are about it. */
  readonly keys: readonly string[]
  /** Keys of those that name it, and speak of another flake. */
  readonly ofOthers: readonly string[]
}

export function aboutHost(scenarios: readonly Candidate[], judged: Judged): AboutHost {
  const naming = scenarios.filter(({ pickle }) => names(pickle, judged))
  const [keys, ofOthers] = [true, false].map(wanted =>
    naming.filter(({ pickle }) => isOfJudged(pickle, judged) === wanted).map(each => keyOf(each)),
  )
  return { keys: keys ?? [], ofOthers: ofOthers ?? [] }
}

/** Rather one too many: what is about another machine of that name must hold, too. */
function names(pickle: Pickle, { names, host }: Judged): boolean {
  return [...wordsOf(pickle)].some(word => names.includes(word) || placed(word)?.host === host)
}

/** `.#t14` says by itself of which flake it is. */
function isOfJudged(pickle: Pickle, { host, isJudged }: Judged): boolean {
  const places = [...wordsOf(pickle)].flatMap(word => placed(word) ?? []).filter(each => each.host === host)
  if (places.length > 0) return places.every(({ flake }) => isJudged(flake))
  const named = pickle.steps.map(({ text }) => flakeIn(text)).findLast(found => found !== undefined)
  return named === undefined || (named !== ASSEMBLED && isJudged(named))
}

const ASSEMBLED = Symbol('a flake that is put together')

/** As steps/flake.ts has the sentences. */
function flakeIn(text: string): string | typeof ASSEMBLED | undefined {
  if (/^a dendritic flake(?: from ["'].*["'])?$/.test(text)) return ASSEMBLED
  const [, double, single] = /^the flake (?:"(.*)"|'(.*)')$/.exec(text) ?? []
  return double ?? single
}

function placed(word: string): { readonly flake: string; readonly host: string } | undefined {
  const [, flake, host] = /^(.*)#(?:nixosConfigurations\.)?([^#]+)$/.exec(word) ?? []
  return flake === undefined || host === undefined ? undefined : { flake: flake || '.', host }
}
