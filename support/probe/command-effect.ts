/** What a command does to the machine it runs on, read off its text. */
import { ACTORS, type CommandEffect, READERS, RESTARTERS, RULES, SINKS } from './command-rules.ts'
import { WRAPPERS } from './command-wrappers.ts'
import { type SimpleCommand, simpleCommands } from './shell-text.ts'

export type { CommandEffect } from './command-rules.ts'

/**
 * `changes` and `restarts` when it plainly acts, wherever in the text that stands; `reads` when each part of it is known for doing
 * nothing but look.
 */
export function commandEffect(script: string): CommandEffect {
  const commands = simpleCommands(script)
  if (!commands) return undefined
  const effects = commands.flatMap(command => [...command.writes.map(effectOfWriting), effectOfWords(command)])
  return (['restarts', 'changes', undefined, 'reads'] as const).find(effect => effects.includes(effect))
}

/** Whether a command plainly does nothing but look. */
export const onlyReads = (script: string): boolean => commandEffect(script) === 'reads'

const effectOfWriting = (target: string): CommandEffect => (SINKS.test(target) ? 'reads' : 'changes')

function effectOfWords({ words }: Pick<SimpleCommand, 'words'>): CommandEffect {
  const at = words.findIndex(word => !/^[A-Za-z_]\w*\+?=/.test(word))
  // An assignment alone is forgotten with the shell.
  if (at < 0) return 'reads'
  const [program = '', ...args] = words.slice(at)
  const name = program.replace(/^.*\//, '')
  const wrapped = WRAPPERS[name]?.(args)
  if (wrapped !== undefined)
    return typeof wrapped === 'string' ? commandEffect(wrapped) : effectOfWords({ words: wrapped })
  if (/^mkfs(\.|$)/.test(name) || ACTORS.has(name)) return 'changes'
  if (RESTARTERS.has(name)) return 'restarts'
  if (READERS.has(name)) return 'reads'
  return RULES[name]?.(args, args.join(' '))
}
