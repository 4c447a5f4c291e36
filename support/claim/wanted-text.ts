import { refuse } from '../core/refusal.ts'

/** A text that is looked for. @throws UsageError for the empty one: everything contains that, so it would check nothing */
export function wantedText(text: string): string {
  if (text !== '') return text
  throw refuse({
    what: 'An empty text is in every text: this sentence would check nothing',
    expected: 'the text itself',
  })
}

/** A text that is looked for in lines. @throws UsageError for one of several lines, which no line holds, and for the empty one */
export function wantedLine(text: string): string {
  if (!/[\n\0]/.test(text)) return wantedText(text)
  throw refuse({
    what: 'A text with the end of a line in it is in no line: this sentence would check nothing',
    expected: 'a text of one line, and a sentence for each line',
  })
}

/** Two texts that no pattern with a meaning has both in common. */
const NOTHING = ['', '\u{10fffd}']

/** A pattern that is looked for. @throws UsageError for one that every line matches, as the empty one does */
export function wantedPattern(pattern: RegExp): RegExp {
  if (!NOTHING.every(text => pattern.test(text))) return pattern
  throw refuse({
    what: `Every line matches "${pattern.source}": this sentence would check nothing`,
    expected: 'a pattern that some lines do not match',
  })
}
