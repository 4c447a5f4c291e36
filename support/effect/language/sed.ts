/** Scripts of sed(1): those of which each command is known to only print and change what is printed. */

/** Addresses before a command; regular expressions behind `/` only. */
const ADDRESS = /(?:\d+(?:~\d+)?|\$|\/(?:[^/\\\n[]|\\.|\[(?:\^?\]?)[^\]\n/]*\])*\/[IM]*)/y
/** `w`, `W`, `r`, `R` and `e` are not among them. */
const COMMAND = /[pPdDgGhHxnNzFl=]|[qQ]\d*|[btT][ \t]*\w*|:[ \t]*\w+/y
const SUBSTITUTION_FLAGS = /[gpiImM\d]*/y

export function sedOnlyPrints(script: string): boolean {
  let at = 0
  const take = (pattern: RegExp): boolean => {
    pattern.lastIndex = at
    const found = pattern.exec(script)
    if (found) at += found[0].length
    return found !== null
  }
  const delimited = (): boolean => {
    const mark = script[at] ?? ''
    if (!/[^\w\s\\]/.test(mark)) return false
    at++
    for (let parts = 0; parts < 2; at++) {
      const char = script[at]
      if (char === undefined || char === '\n') return false
      if (char === '\\') at++
      else if (char === mark) parts++
      // a mark in brackets belongs to the expression, for some
      else if (char === '[' && parts === 0 && /^\[\^?\]|^[^\]]*$/.test(script.slice(at))) return false
      else if (char === '[' && parts === 0 && script.slice(at).split(']')[0]?.includes(mark)) return false
    }
    return true
  }
  while (at < script.length) {
    take(/[\s;]*/y)
    if (at >= script.length) return true
    if (take(/[{}]/y)) continue
    if (take(ADDRESS)) {
      take(/[ \t]*,[ \t]*/y) && (take(ADDRESS) || take(/[+~]\d+/y))
      take(/[ \t!]*/y)
      if (take(/\{/y)) continue
    }
    if (take(/s/y)) {
      if (!delimited()) return false
      take(SUBSTITUTION_FLAGS)
    } else if (take(/y/y)) {
      if (!delimited()) return false
    } else if (!take(COMMAND)) return false
    take(/[ \t]*/y)
    if (at < script.length && !/[;\n}]/.test(script[at] ?? '')) return false
  }
  return true
}
