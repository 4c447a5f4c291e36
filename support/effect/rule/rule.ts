/** What a rule says of a program's words, and what it may ask. */
import type { Seen } from './seen.ts'

/** `restarts` ends the boot, or takes the machine to another state of systemd. */
export type CommandEffect = 'reads' | 'changes' | 'restarts'

/** Why a command is no look; nothing when it is one. */
export interface Change {
  readonly effect: 'changes' | 'restarts'
  /** `"-o" of "curl" is not known to only look`. */
  readonly because: string
}

export type Verdict = Change | undefined

/** The rest of the reader, for programs that run others. */
export interface Context {
  /** Another program with its words. */
  run(words: readonly Seen[]): Verdict
  /** Text for a shell; `sh` may be another one than bash. */
  script(text: Seen, shell?: 'bash' | 'sh'): Verdict
  /** Something that is sent comes to the program's standard input. */
  readonly isFed: boolean
  /** `NAME=VALUE` before a program. */
  environment(name: string, value: Seen | undefined): Verdict
}

/** The words behind the program's name are judged. `name` is what it is called in messages: `git log`. */
export type Rule = (args: readonly Seen[], context: Context, name: string) => Verdict

export type Programs = Readonly<Record<string, Rule>>

export const unknownWord = (word: string, of?: string): Change => ({
  effect: 'changes',
  because: `${JSON.stringify(word)}${of === undefined ? '' : ` of "${of}"`} is not known to only look`,
})

export const unsure = (word: string, of: string): Change => ({
  effect: 'changes',
  because: `${JSON.stringify(word)} may become an option of "${of}"; in double quotes, behind a fixed beginning such as "./", it cannot`,
})

export const changesBy = (because: string): Change => ({ effect: 'changes', because })

/** Every name with the same rule: `each('cat head', …)`. */
export const each = (names: string, rule: Rule): Programs =>
  Object.fromEntries(
    names
      .trim()
      .split(/\s+/)
      .map(name => [name, rule]),
  )
