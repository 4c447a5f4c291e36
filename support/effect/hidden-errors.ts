/** Commands that do not let one hear what they say on standard error: `2>/dev/null`, `2>&1 |`. What is refused to them is not heard either. */
import type { Hidden } from '../core/command.ts'
import { judge } from './judge.ts'
import { Look } from './look.ts'
import { readScript } from './shell/grammar.ts'
import type { HiddenErrors } from './shell/script.ts'

/** Nothing of what hides nothing, and of what is no look: that is not run once more. */
export function hiddenErrors(script: string): Hidden | undefined {
  const look = new Look([])
  if (judge(script, look)) return undefined
  const { hidden } = readScript(script)
  if (look.hidesInside || hidden.some(({ text }) => text !== script)) return {}
  return hidden.length === 0 ? undefined : { shown: without(script, hidden) }
}

function without(script: string, hidden: readonly HiddenErrors[]): string {
  let text = script
  const outer = hidden.filter(({ from, to }) => !hidden.some(other => other.from < from && to < other.to))
  for (const { from, to, shown } of outer.toSorted((a, b) => b.from - a.from))
    text = `${text.slice(0, from)}${shown}${text.slice(to)}`
  return text
}
