/**
 * What a command does to the machine it runs on, read off its text. A command is a look when it is known to be one, word by word and option by
 * option; everything else is a change.
 */
import { judge, OUTERMOST } from './judge.ts'
import { Look, type Run } from './look.ts'
import type { Change, CommandEffect } from './rule/rule.ts'

export type { Run } from './look.ts'
export type { CommandEffect } from './rule/rule.ts'

export const commandEffect = (script: string): CommandEffect => whyNoLook(script)?.effect ?? 'reads'

/** The first thing in it that is not known to only look; what ends a boot goes first. */
export function whyNoLook(script: string): Change | undefined {
  return judge(script, new Look([]))
}

/** All that a look runs; nothing of what is no look. */
export function runsOf(script: string): readonly Run[] {
  const runs: Run[] = []
  return judge(script, new Look(runs)) ? [] : runs
}

/** A look where bash reads it, and no look where another shell does: `[[ a > b ]]` writes a file there. */
export const isLookOfBashOnly = (script: string): boolean =>
  !judge(script, new Look([])) && judge(script, new Look([]), { ...OUTERMOST, shell: 'sh' }) !== undefined
