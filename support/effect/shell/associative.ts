/**
 * Associative arrays: their index is a text, where that of every other variable is arithmetic, which runs what it finds in it. bash(1), "Arrays".
 * So an array counts as one only when it is made before all else, and nothing after that could make another variable of its name.
 */
import type { Cursor } from './cursor.ts'

const DECLARED = /\s*(?:declare|typeset)[ \t]+-A[ \t]+([A-Za-z_]\w*)(?:=\(([^()`$;&|<>\\]*)\))?[ \t]*(?:;|\n|&&|$)/y
const KEY_PARTS = '[\\w.@:/+-]|\\$[A-Za-z_]\\w*|\\$\\{[A-Za-z_]\\w*\\}'
const BARE_KEY = new RegExp(`\\[(?:${KEY_PARTS})+\\]`, 'y')
const KEY = new RegExp(`\\[(?:(?:${KEY_PARTS})+|"(?:${KEY_PARTS}| )+"|'[^'\\]]+')\\]`, 'y')

/** Of a whole script. */
export function associativeArrays(text: string): ReadonlySet<string> {
  const names: string[] = []
  let at = 0
  for (;;) {
    DECLARED.lastIndex = at
    const found = DECLARED.exec(text)
    if (!found) break
    names.push(found[1] ?? '')
    at = DECLARED.lastIndex
  }
  const rest = text.slice(at)
  return new Set(names.filter(name => !new RegExp(`(?<!\\w)${name}(?![\\w[])`).test(rest)))
}

/** The index of one, which the cursor goes behind. @param quoted it stands in double quotes, where further ones are not understood */
export const readKey = (cursor: Cursor, quoted: boolean): boolean => cursor.match(quoted ? BARE_KEY : KEY) !== undefined
