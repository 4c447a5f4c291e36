import type { Outcome } from './judge.ts'

/** A sentence, how it must come out, and what must be said of it. */
export type Row = readonly [sentence: string, outcome?: Outcome, pattern?: RegExp]

const WITHIN = '1 second'
const KEYWORD = /^(Given|When|Then|And) /

/** The sentence with a bound, where it says nothing of time itself. */
export function sentenceOf(sentence: string, within = WITHIN): string {
  const [first = '', ...rest] = sentence.split('\n')
  if (within === '' || KEYWORD.test(first) || /" within | within \d| now:?$| for \d/.test(first)) return sentence
  const bounded = first.endsWith(':') ? `${first.slice(0, -1)} within ${within}:` : `${first} within ${within}`
  return [bounded, ...rest].join('\n')
}

/** The lines of its scenario. */
export function stepsOf(sentence: string): string[] {
  return (KEYWORD.test(sentence) ? sentence : `Then ${sentence}`).split('\n')
}
