import { createContext, Script } from 'node:vm'
import { type Hostile, hostileTexts, type Pattern, written } from './hostile-texts.ts'

/**
 * Both lengths keep well apart what they are to tell. Over a short text a linear pattern takes some 20 µs, one that begins anew at each
 * place 10 ms and more. A computer that is busy elsewhere makes suspects, too, and they are judged by a long text: there the one
 * takes a few milliseconds, and the other half a minute.
 */
const SHORT = { length: 8_192, suspect: 4, limit: 100 } as const
const LONG = { length: 400_000, limit: 2_000 } as const

interface Bench {
  re: RegExp
  texts: readonly string[]
  at: number
  slow: number[]
  readonly suspect: number
  readonly now: () => number
}

/** One for all: to make a context takes longer than to try a pattern. */
const bench: Bench = { re: /^/, texts: [], at: 0, slow: [], suspect: SHORT.suspect, now: () => performance.now() }
createContext(bench)

/** From the beginning, as each use of ours does, a sticky one too; replacing goes on behind what was found. */
const TRY = new Script(`{
  const pattern = re, all = texts
  for (let i = 0; i < all.length; i += 1) {
    at = i
    pattern.lastIndex = 0
    const start = now()
    pattern.global ? all[i].replace(pattern, '') : pattern.exec(all[i])
    if (now() - start > suspect) slow.push(i)
  }
}`)

/**
 * A text that keeps the pattern busy for longer than its length explains; undefined when there is none among those that are tried.
 * @param limit milliseconds that a long text may take; where it takes more, it is given twice as many once again
 */
export function slowText(pattern: Pattern, limit: number = LONG.limit): Hostile | undefined {
  bench.re = new RegExp(pattern.source, pattern.flags)
  return suspects(hostileTexts(pattern)).find(text => {
    const long = [written(text, LONG.length)]
    return !isDone(long, limit) && !isDone(long, 2 * limit)
  })
}

function suspects(tried: readonly Hostile[]): Hostile[] {
  const done = isDone(
    tried.map(text => written(text, SHORT.length)),
    SHORT.limit,
  )
  return tried.filter((_, i) => bench.slow.includes(i) || (!done && i >= bench.at))
}

function isDone(texts: readonly string[], timeout: number): boolean {
  Object.assign(bench, { texts, at: 0, slow: [] })
  try {
    TRY.runInContext(bench, { timeout })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return false
    throw error
  }
}
