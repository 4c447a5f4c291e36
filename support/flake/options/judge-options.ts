import { ExpectationNotMet, type NixcumberError, UsageError } from '../../core/errors.ts'
import { nearest } from '../../core/text/nearest.ts'
import { plural, rows } from '../../core/text/text.ts'
import { showAttrPath } from '../../nix/attr-path.ts'
import type { SourceMap } from '../../nix/reason/source-map.ts'
import type { OptionLook } from './option-look.ts'
import { isOptionValue, showOptionValue } from './option-value.ts'

export interface WantedOption {
  /** As the feature writes it. */
  readonly option: string
  readonly value: string
}

/** What was found for one wanted option: a look, or the words with which its evaluation failed. */
export type Found = OptionLook | { readonly refused: string }

interface Complaint {
  readonly option: string
  readonly text: string
  /** Nothing of this name exists in NixOS: the feature is mistyped, the configuration is not judged. */
  readonly mistyped: boolean
}

/** The error that tells every option which is not as wanted; undefined when all are. */
export function judgeOptions(
  host: string,
  wanted: readonly WantedOption[],
  found: readonly Found[],
  sources: SourceMap,
): NixcumberError | undefined {
  const complaints = wanted.flatMap((want, i) => complain(want, found[i], sources) ?? [])
  const [first] = complaints
  if (!first) return undefined
  const message =
    wanted.length === 1
      ? `Option "${first.option}" of host "${host}" ${first.text}`
      : `${complaints.length} of ${plural(wanted.length, 'option')} of host "${host}" ${complaints.length === 1 ? 'does' : 'do'} not hold\n\n${complaints.map(({ option, text }) => `  ${option} ${text.replaceAll(/\n(?=[^\n])/g, '\n  ')}`).join('\n')}`
  return complaints.every(({ mistyped }) => mistyped) ? new UsageError(message) : new ExpectationNotMet(message)
}

function complain(
  { option, value }: WantedOption,
  found: Found | undefined,
  sources: SourceMap,
): Complaint | undefined {
  if (found === undefined) return { option, text: 'was not answered', mistyped: false }
  if ('refused' in found) return { option, text: `does not evaluate: ${found.refused}`, mistyped: false }
  if ('missing' in found) return { option, text: absent(found), mistyped: !found.declared }
  if ('failed' in found) return { option, text: 'does not evaluate', mistyped: false }
  if (isOptionValue(found.value, value)) return undefined
  const table = rows({ Expected: value, Observed: showOptionValue(found.value), Evidence: setIn(found, sources) })
  return { option, text: `is not ${JSON.stringify(value)}\n${table}`.trimEnd(), mistyped: false }
}

function absent({ missing: { at, name, known }, declared }: Extract<OptionLook, { missing: unknown }>): string {
  const near = nearest(name, known)
  const place = at.length === 0 ? 'the configuration' : showAttrPath(at)
  const table = rows({
    Observed: `there is no ${showAttrPath([name])} in ${place}`,
    'Did you mean': near && showAttrPath([...at, near]),
    Known: known.length > 0 && known.length <= 20 ? known.map(word => showAttrPath([word])).join(', ') : undefined,
  })
  return `${declared ? 'is not set' : 'does not exist'}\n${table}`.trimEnd()
}

function setIn({ files, above, inline }: OptionLook, sources: SourceMap): string | undefined {
  if (!Array.isArray(files)) return undefined
  const what = above ? `${showAttrPath(above)} is ` : ''
  if (files.length === 0) return above ? undefined : 'not set: the default'
  const named = files.flatMap(file => sources.own(file.replace(/, via option .*/, '')) ?? [])
  const { sure, maybe } = inlinePlaces(Array.isArray(inline) ? inline : [], sources)
  // NixOS names the file of the call for them; its line is known better.
  const own = [...new Set(named)].filter(file => !sure.some(place => place.startsWith(`${file}:`)))
  const said = [...own, ...sure.map(place => `inline in ${place}`)]
  if (said.length > 0) return `${what}set ${own.length > 0 ? 'in ' : ''}${said.join(', ')}`
  return `${what}set ${maybe.length > 0 ? `inline in ${maybe.join(' or ')}` : elsewhere(files)}`
}

/** So the module system calls modules that are no file: those written into the call of nixosSystem. */
const elsewhere = (files: readonly string[]): string =>
  files.some(file => file.startsWith('<unknown-file>'))
    ? 'in a module that stands in no file of its own'
    : 'in a module of NixOS or another input'

type Inline = Extract<NonNullable<OptionLook['inline']>, readonly unknown[]>

/** Modules that are functions may set the option, or not. */
function inlinePlaces(inline: Inline, sources: SourceMap): { sure: readonly string[]; maybe: readonly string[] } {
  const places = inline.flatMap(({ file, line, sure }) => {
    const own = sources.own(file)
    return own === undefined ? [] : [{ text: `${own}:${line}`, sure }]
  })
  const of = (wanted: boolean) => [...new Set(places.filter(({ sure }) => sure === wanted).map(({ text }) => text))]
  return { sure: of(true), maybe: of(false) }
}
