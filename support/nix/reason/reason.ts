import { tail } from '../../core/text/text.ts'
import { derivationName, type Position } from '../log-event.ts'
import type { Message, NixOutcome } from '../nix-process.ts'
import { lookAlikeLimit } from './look-alike-limit.ts'
import { inSubmodule, isForNewerNix, NEWER_NIX } from './place-rules.ts'
import { RULES } from './reason-rules.ts'
import type { SourceMap } from './source-map.ts'

/** Whose fault it is decides the exit code: the configuration's 1, the user's input 2, the surroundings' 3. */
export type Fault = 'configuration' | 'input' | 'environment'

export type ReasonKind =
  | 'unknown-option'
  | 'type-error'
  | 'conflict'
  | 'no-value'
  | 'assertion'
  | 'syntax'
  | 'undefined-variable'
  | 'missing-attribute'
  | 'missing-argument'
  | 'infinite-recursion'
  | 'missing-input'
  | 'missing-file'
  | 'offline-input'
  | 'offline-limit'
  | 'impure'
  | 'hash-mismatch'
  | 'build-failed'
  | 'build-limit'
  | 'no-builder'
  | 'experimental-feature'
  | 'not-owned'
  | 'not-extendable'
  | 'network'
  | 'disk-full'
  | 'out-of-memory'
  | 'store-read-only'
  | 'no-nix'
  | 'no-git'
  | 'unreadable'
  | 'store'
  | 'other'

/** What is wrong, in Nix's own words but without its trace. */
export interface Reason {
  readonly kind: ReasonKind
  readonly fault: Fault
  /** Nix's reason: one sentence that stands alone. */
  readonly message: string
  /** The rest of what Nix said about it: definitions, the last lines of a builder. */
  readonly detail?: string
  /** The user's own file, relative to the flake. */
  readonly file?: string
  readonly line?: number
  readonly hint?: string
  /** Trying again may help: the network. */
  readonly retryable: boolean
}

/** What a rule makes of the words it matched. */
export interface Reading {
  readonly kind: ReasonKind
  readonly fault: Fault
  readonly hint?: string
  readonly retryable?: boolean
  /** A name whose place in the user's file is the fault's place: the last part of an option. */
  readonly word?: string
}

/** Where the usual advice is what the user does already. */
const HINTS_OFFLINE: { readonly [K in ReasonKind]?: string } = {
  network: '--offline replaces inputs of flake.nix; what the code downloads itself (npins, fetchTarball) it does not',
}

/** Reads the outcome of a Nix process that failed. @param offline it was asked with look-alikes of the inputs */
export function readReason(outcome: NixOutcome, sources: SourceMap, offline = false): Reason {
  const error = decisive(outcome)
  const said = error && words(error)
  const raw = remoteTrouble(said ?? '', outcome) ?? said ?? strayError(outcome)
  const shown = sources.show(raw)
  const read = lookAlikeLimit(shown, offline) ?? readWords(shown, outcome)
  const { message, detail } = split(shown)
  const own = error ? place(error, raw, read, sources) : undefined
  const reading = isForNewerNix(
    read.kind,
    lineAt(own, sources),
    outcome.messages.map(({ text }) => text),
  )
    ? NEWER_NIX
    : read
  const builder = /^builder for /.test(raw) ? builderTail(raw, outcome) : undefined
  return {
    kind: reading.kind,
    fault: reading.fault,
    message,
    ...optional('detail', builder ?? detail),
    ...optional('file', own?.file),
    ...optional('line', own?.line),
    ...optional(
      'hint',
      (offline && HINTS_OFFLINE[reading.kind]) ||
        (inSubmodule(shown, sources.read('.gitmodules')) ?? reading.hint ?? suggestion(error, shown)),
    ),
    retryable: reading.retryable ?? false,
  }
}

/**
 * The first error is the cause ("builder failed"); later ones are what follows from it ("1 dependency failed"). Nix prints more at the
 * same level that ends nothing: `warning: the group 'nixbld' … does not exist`, `error (ignored): …` (printError in its sources).
 */
function decisive({ messages }: NixOutcome): Message | undefined {
  return messages.find(({ level, raw, text }) => level === 0 && (raw !== undefined || text.startsWith(ERROR)))
}

const ERROR = 'error: '
const words = ({ raw, text }: Message): string => raw ?? text.slice(ERROR.length)

/**
 * Nix says of a remote repository that is out of reach only that a branch is not found; git has said why, in lines of its own.
 * Where Nix went on with what it had, the decisive error is another one.
 */
function remoteTrouble(raw: string, { stray }: NixOutcome): string | undefined {
  if (!/Git (?:reference|revision)|revspec|'git' failed|[Ff]etch/.test(raw)) return undefined
  return stray.find(line => GIT_SAYS.test(line))
}

/** The last of them is what git says when ssh or a server has ended without a word. */
const GIT_SAYS =
  /^(?:fatal: (?:unable to (?:access|connect|look up)|repository '|'.*' does not appear|Authentication failed|could not read Username|read error|protocol error|early EOF|the remote end hung up|Could not read from remote repository)|ssh: |kex_exchange_identification: |Connection (?:closed|reset|to|timed out) |Host key verification failed|ERROR: Repository not found|\S+: Permission denied \()/

function strayError({ failure, stray, messages, exitCode }: NixOutcome): string {
  const printed = messages.filter(({ level }) => level === 0).map(({ text }) => text)
  const said = [...printed, ...stray].filter(line => line.trim() !== '').slice(-5)
  return (
    [...said, ...(failure ? [failure] : [])].join('\n') || `nix ended with exit code ${exitCode} and said no reason`
  )
}

function readWords(shown: string, outcome: NixOutcome): Reading {
  // A builder's own words tell a full disk or a dead network from a wrong configuration.
  const spoken = /^builder for /.test(shown) ? [shown, ...[...outcome.builders.values()].flat().slice(-20)] : [shown]
  for (const text of [...spoken].reverse())
    for (const { match, surroundings, reading } of RULES) {
      if (text !== shown && !surroundings) continue
      const found = match.exec(text)
      if (found) return reading(found)
    }
  return hasSpoken(outcome) ? { kind: 'other', fault: 'configuration' } : SILENT
}

/** A Nix that was ended, or gives no reason, says nothing of the configuration. */
const hasSpoken = (outcome: NixOutcome): boolean =>
  decisive(outcome) !== undefined || (outcome.failure === undefined && outcome.stray.some(line => line.trim() !== ''))
const SILENT: Reading = {
  kind: 'other',
  fault: 'environment',
  hint: 'try again; was it ended for want of memory (dmesg)? Evaluating a NixOS host takes 1 to 2 GiB',
}

/**
 * First sentence and rest. The module system puts "Definition values:" on the first line, where it explains nothing; with types that
 * check and merge at once (lib/types.nix of nixpkgs 26.11) behind "TypeError:".
 */
function split(shown: string): { message: string; detail: string | undefined } {
  const text = shown
    .trim()
    .replace(/\n\nDid you mean [\s\S]*$/, '')
    .replace(/(?: TypeError:|,)? Definition values: ?\n/, '\n')
  const [first = '', ...rest] = text.split('\n')
  const failed = /^Failed assertions:$/.test(first) ? rest.map(line => line.replace(/^- /, '')) : undefined
  if (failed)
    return { message: `Failed assertion: ${failed[0] ?? ''}`, detail: failed.length > 1 ? rest.join('\n') : undefined }
  const detail = rest.join('\n').trimEnd()
  return { message: first, detail: detail === '' ? undefined : detail }
}

function suggestion(error: Message | undefined, shown: string): string | undefined {
  const said =
    /Did you mean ((?:(?!Did you mean )[\s\S])+?)\?(?:\s|$)/.exec(shown) ??
    /Did you mean ((?:(?!Did you mean )[\s\S])+?)\?\s*$/.exec(error?.text ?? '')
  return said?.[1] === undefined ? undefined : `did you mean ${said[1].replaceAll(/\s+/g, ' ')}?`
}

interface Place {
  readonly file: string
  readonly line?: number
}

/** The user's own file: named by the reason itself, else where the error is, else the innermost frame that is theirs. */
function place(error: Message, raw: string, { word }: Reading, sources: SourceMap): Place | undefined {
  const named = definitionFiles(raw).map(file => sources.own(file))
  const file = named.find(own => own !== undefined)
  if (file !== undefined) return { file, ...optional('line', word && findLine(sources.read(file), word)) }
  return [error.position, ...error.trace].map(position => ownPlace(position, sources)).find(own => own !== undefined)
}

const lineAt = (own: Place | undefined, sources: SourceMap): string | undefined =>
  own?.line === undefined ? undefined : sources.read(own.file)?.split('\n')[own.line - 1]

const definitionFiles = (raw: string): string[] =>
  // `defined in` is how nixpkgs said it until 2020.
  [...raw.matchAll(/(?:^[ \t]*- In|' defined in) `([^',]+)/gm)].map(([, file = '']) => file)

function ownPlace(position: Position | undefined, sources: SourceMap): Place | undefined {
  const file = position && sources.own(position.file)
  return file === undefined ? undefined : { file, ...optional('line', position?.line) }
}

/** The module system knows files but no lines: the first line that names the option is the one meant. */
function findLine(text: string | undefined, word: string): number | undefined {
  const name = new RegExp(`(?<![\\w'-])${word.replaceAll(/[.*+?^$()|[\]{}\\]/g, '\\$&')}(?![\\w'-])`)
  const index = text?.split('\n').findIndex(line => name.test(line.replace(/^\s*#.*/, ''))) ?? -1
  return index < 0 ? undefined : index + 1
}

function builderTail(raw: string, { builders }: NixOutcome): string | undefined {
  const name = /'(\/nix\/store\/[^']+\.drv)'/.exec(raw)?.[1]
  const lines = name === undefined ? undefined : builders.get(derivationName(name))
  return lines && lines.length > 0 ? tail(lines.join('\n'), 15) : undefined
}

const optional = <Key extends string, Value>(key: Key, value: Value | undefined | ''): { [K in Key]?: Value } =>
  (value === undefined || value === '' ? {} : { [key]: value }) as { [K in Key]?: Value }
