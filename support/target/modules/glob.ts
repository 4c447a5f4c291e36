/** Patterns as fnmatch(3) takes them without flags: `*`, `?` and `[…]`. Aliases of kernel modules are such (depmod(8), modules.alias). */

/** Goes on from the last star only: it ends after so many steps as both are long, multiplied. */
export function matchesGlob(text: string, pattern: string): boolean {
  let [at, to, star, from] = [0, 0, -1, 0]
  while (at < text.length) {
    const next = oneMatch(text[at] ?? '', pattern, to)
    if (pattern[to] === '*') [star, from, to] = [to, at, to + 1]
    else if (next > 0) [at, to] = [at + 1, next]
    else if (star >= 0) [at, from, to] = [from + 1, from + 1, star + 1]
    else return false
  }
  return /^\**$/.test(pattern.slice(to))
}

/** Where the pattern goes on after a letter that fits; 0 when it does not. */
function oneMatch(letter: string, pattern: string, at: number): number {
  const sign = pattern[at]
  if (sign === '?') return at + 1
  if (sign !== '[') return sign === letter ? at + 1 : 0
  const end = pattern.indexOf(']', at + 2)
  return end > 0 && isInSet(letter, pattern.slice(at + 1, end)) ? end + 1 : 0
}

/** `0-9a`, or `!…` for all others. */
function isInSet(letter: string, set: string): boolean {
  if (/^[!^]/.test(set)) return !isInSet(letter, set.slice(1))
  for (let at = 0; at < set.length; at++) {
    const last = set[at + 1] === '-' && at + 2 < set.length ? set[at + 2] : undefined
    if (last === undefined ? set[at] === letter : letter >= (set[at] ?? '') && letter <= last) return true
    if (last !== undefined) at += 2
  }
  return false
}
