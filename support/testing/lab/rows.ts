import type { Outcome } from './judge.ts'

/** A sentence, how it must come out, and what must be said of it. */
export type Row = readonly [sentence: string, outcome?: Outcome, pattern?: RegExp]

const KEYWORD = /^(Given|When|Then|And) /

/**
 * The sentence with a word of time, where it has none itself: `now`, so that each row is one look and a loaded computer changes nothing,
 * or a bound. '' leaves it as it is.
 */
export function sentenceOf(sentence: string, within?: string): string {
  const [first = '', ...rest] = sentence.split('\n')
  if (within === '' || KEYWORD.test(first) || /" within | within \d| now:?$| for \d/.test(first)) return sentence
  const suffix = within === undefined ? ' now' : ` within ${within}`
  return [first.endsWith(':') ? `${first.slice(0, -1)}${suffix}:` : `${first}${suffix}`, ...rest].join('\n')
}

/** The lines of its scenario. */
export function stepsOf(sentence: string): string[] {
  return (KEYWORD.test(sentence) ? sentence : `Then ${sentence}`).split('\n')
}
