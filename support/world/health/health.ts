/** What a console tells about a machine without being asked, and that no feature may pass over. Pure. */
import { stripVTControlCharacters } from 'node:util'
import { refuse } from '../../core/refusal.ts'
import { rows } from '../../core/text/text.ts'
import type { OrderedSpan } from './expected-faults.ts'

export interface Ailment {
  /** `panicked`: completes "Machine "t14" …". */
  readonly what: string
  /** The line of the console that says so. */
  readonly line: string
}

interface Sign {
  readonly what: string
  readonly pattern: RegExp
}

/** Wording of the kernel (kernel/panic.c, mm/oom_kill.c, arch/x86/mm/fault.c) and of systemd (emergency.service, transaction.c). */
const SIGNS: readonly Sign[] = [
  { what: 'panicked', pattern: /Kernel panic - not syncing/ },
  {
    what: 'had a kernel oops',
    pattern:
      /BUG: unable to handle|Unable to handle kernel|\bOops: [0-9a-f]{4}|kernel BUG at|general protection fault, /,
  },
  { what: 'ran out of memory and killed a process', pattern: /[Oo]ut of memory: Killed process|oom-kill:constraint=/ },
  { what: 'is in an emergency shell', pattern: /You are in (?:emergency|rescue) mode/ },
  {
    what: 'has units that wait for each other',
    pattern: /: Found ordering cycle on |: Ordering cycle found, skipping|deleted to break ordering cycle/,
  },
]

/**
 * Each ailment once, with the first line that shows it.
 * @param ordered what a sentence has done on purpose, by where in the console it counts; the text begins at `from`
 */
export function ailments(consoleText: string, ordered: readonly OrderedSpan[] = [], from = 0): Ailment[] {
  let position = from
  const lines = consoleText.split('\n').map(raw => {
    const line = { text: stripVTControlCharacters(raw).trim(), position }
    position += raw.length + 1
    return line
  })
  return SIGNS.flatMap(({ what, pattern }) => {
    const found = lines.find(
      line => pattern.test(line.text) && !ordered.some(span => span.what === what && covers(span, line)),
    )
    return found === undefined ? [] : [{ what, line: found.text }]
  })
}

const covers = ({ from, until, line }: OrderedSpan, shown: { text: string; position: number }): boolean =>
  from <= shown.position + shown.text.length && shown.position < until && (line?.test(shown.text) ?? true)

const TAG = '@no-health-check'

/**
 * Why this scenario must not be judged by the console, when a tag says so: `@no-health-check:the-feature-fills-memory`.
 * @throws UsageError when the tag gives no reason
 */
export function healthCheckWaived(tags: readonly string[]): string | undefined {
  const tag = tags.find(each => each === TAG || each.startsWith(`${TAG}:`))
  if (tag === undefined) return undefined
  const reason = tag.slice(TAG.length + 1).replaceAll('-', ' ')
  if (reason.trim() !== '') return reason
  throw refuse({ what: `The tag ${TAG} gives no reason`, expected: `${TAG}:why-it-must-be-so`, got: tag })
}

/** What is said of an ill machine. */
export const unhealthy = (machine: string, found: readonly Ailment[], transcript: string): string =>
  `Machine "${machine}" ${found.map(({ what }) => what).join(', and ')}\n${rows({
    Console: found.map(({ line }) => line).join('\n'),
    Evidence: `console: ${transcript}`,
    Next: `if it must be so, tag the scenario ${TAG}:WHY`,
  })}`.trimEnd()
