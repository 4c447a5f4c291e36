import { nearest } from '../../core/text/nearest.ts'

/** The defined sentence most like a written one, whatever stands in its holes; undefined when none is near. */
export function nearestSentence(text: string, sentences: readonly string[]): string | undefined {
  const bare = new Map(sentences.map(sentence => [withoutHoles(sentence), sentence]))
  const found = nearest(withoutValues(text), [...bare.keys()])
  return found === undefined ? undefined : bare.get(found)?.replace(AFTER, '')
}

/** What may follow every sentence. */
const AFTER = / ?\{(?:tail|place|within)\}(?=:?$)/

const withoutValues = (text: string): string =>
  text
    .replaceAll(/"[^"]*"/g, '·')
    .replaceAll(/\b\d+\b/g, '·')
    .replaceAll(/ (?:(?:on ·|now)$|within .*)/g, '')

const withoutHoles = (sentence: string): string =>
  sentence
    .replace(AFTER, '')
    .replaceAll(/"?\{[^{}]*\}"?/g, '·')
    .replaceAll(/[()\\]/g, '')
