/** Programs of awk(1): those that print, and neither run nor write anything. */

/** Anywhere in the text, in strings too: they may be called by a name that is put together. */
const ACTS = /\bsystem\b|\bgetline\b|@|\bclose\b|\bfflush\b|\bextension\b|\bPROCINFO\b|\bIPC\b/

const TOKEN =
  /\s+|#[^\n]*|"(?:[^"\\\n]|\\.)*"|[A-Za-z_]\w*|\d[\w.]*|\.\d+|\|\||&&|>>|>=|<=|==|!=|\+\+|--|[-+*/%^!~?:,;(){}[\]<>=$|]|\\\n/y
const REGEX = /\/(?:[^/\\\n[]|\\.|\[(?:\^?\]?)[^\]\n/]*\])+\//y
/** Behind these a slash divides. */
const OPERAND = /^([\w.]+|"[\s\S]*"|\)|\]|\$|\+\+|--)$/
const WORDS = /^(print|printf|return|in|case|else|do|delete|exit)$/

export function awkOnlyPrints(program: string): boolean {
  if (ACTS.test(program)) return false
  let before = ''
  let prints = false
  for (let at = 0; at < program.length; ) {
    const regex = regexAt(program, at, before)
    // behind `if (…)` an expression begins, behind `(…)` a division
    if (program[at] === '/' && (before === '$' || (before === ')' && regex !== undefined))) return false
    const token = regex ?? tokenAt(program, at)
    if (token === undefined) return false
    at += token.length
    if (/^(\s+|#[\s\S]*|\\\n)$/.test(token)) {
      // a line goes on behind these, and behind a backslash
      if (token.includes('\n') && token !== '\\\n') {
        prints &&= /^(,|&&|\|\||\?|:)$/.test(before)
        before = ''
      }
      continue
    }
    if (token === '|') return false
    if (/^[;{}]$/.test(token)) prints = false
    if (/^printf?$/.test(token)) prints = true
    if (prints && /^>>?$/.test(token)) return false
    before = token
  }
  return true
}

const isOperand = (token: string): boolean => OPERAND.test(token) && !WORDS.test(token)

function regexAt(program: string, at: number, before: string): string | undefined {
  if (program[at] !== '/' || (before !== ')' && isOperand(before))) return undefined
  REGEX.lastIndex = at
  return REGEX.exec(program)?.[0]
}

function tokenAt(program: string, at: number): string | undefined {
  TOKEN.lastIndex = at
  return TOKEN.exec(program)?.[0]
}
