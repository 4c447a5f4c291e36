/** Values that were handed over to machines: wherever one turns up in what a run says or writes, it is masked. */

/** What is shorter may stand anywhere by chance. */
const SHORTEST = 6
/** Marks of a key's form, which every key has, and remarks. */
const NO_SECRET = /^(?:-----(?:BEGIN|END) .*-----|# .*)$/
/** `NAME=value`, `name: value`, `"name": "value",`: what reads it says the value alone. */
const NAMED = /^(?:export\s+)?["']?[\w.-]+["']?\s*[=:]\s*(\S.*?),?$/

const known = new Set<string>()

/**
 * The texts in a value that must not be shown: each line of it, for consoles and journals break it up, and what stands there behind a name.
 * Empty for what is too short to be told from other text.
 */
export function secretTexts(content: Buffer): string[] {
  const lines = content
    .toString('utf8')
    .split(/\r?\n/)
    .map(line => line.trim())
    .filter(Boolean)
  const telling = lines.length === 1 ? lines : lines.filter(line => !NO_SECRET.test(line))
  const texts = telling.flatMap(line => [line, unquoted(NAMED.exec(line)?.[1] ?? '')])
  return [...new Set(texts)].filter(text => text.length >= SHORTEST)
}

const unquoted = (text: string): string => /^(["'])(.*)\1$/.exec(text)?.[2] ?? text

/** From now on, in this process. */
export function maskFromNowOn(texts: readonly string[]): void {
  for (const text of texts) known.add(text)
}

/** Those that were handed over, the longest first. */
export const handedSecrets = (): readonly string[] => [...known].sort((a, b) => b.length - a.length)
