/**
 * What a command does to the machine it runs on, read off its text. A command is a look when it is known to be one, word by word and option by
 * option; everything else is a change.
 */
import { PROGRAMS } from './programs/programs.ts'
import { assignmentVerdict } from './programs/running/variables.ts'
import { type Change, type CommandEffect, type Context, changesBy, unknownWord, type Verdict } from './rule/rule.ts'
import { anything, isSink, type Seen, said, Variables } from './rule/seen.ts'
import { NotUnderstood } from './shell/cursor.ts'
import { readScript } from './shell/grammar.ts'
import type { Call, Findings, Writing } from './shell/script.ts'

export type { CommandEffect } from './rule/rule.ts'

export const commandEffect = (script: string): CommandEffect => whyNoLook(script)?.effect ?? 'reads'

/** The first thing in it that is not known to only look; what ends a boot goes first. */
export function whyNoLook(script: string): Change | undefined {
  return judge(script, 0, [])
}

/** A program with its words, or `<` with the file that is read. */
export type Run = readonly Seen[]

/** All that a look runs; nothing of what is no look. */
export function runsOf(script: string): readonly Run[] {
  const runs: Run[] = []
  return judge(script, 0, runs) ? [] : runs
}

/** Scripts in scripts in scripts. */
const DEEPEST = 8

function judge(script: string, depth: number, runs: Run[]): Verdict {
  if (depth > DEEPEST) return changesBy('it is too deep to be read')
  try {
    const findings = readScript(script)
    const judged = new Judge(findings, depth, runs).all()
    return judged.find(({ effect }) => effect === 'restarts') ?? judged[0]
  } catch (error) {
    if (error instanceof NotUnderstood) return changesBy(`its text is not understood at ${error.at}`)
    throw error
  }
}

/** Where programs are installed. A program elsewhere may be any. */
const PLACES =
  /^(\/(usr\/(local\/)?)?s?bin|\/run\/current-system\/sw\/s?bin|\/run\/wrappers\/bin|\/nix\/store\/[^/]+\/s?bin|\/etc\/profiles\/per-user\/[^/]+\/bin|\/nix\/var\/nix\/profiles\/default\/bin)\/(?=[^/]+$)/
const RESTARTING = new Set('reboot poweroff halt shutdown kexec init telinit'.split(' '))
/** Opened for reading, too, it begins to count down to a reset. */
const WATCHDOG = /(^|=)\/dev\/watchdog/

class Judge implements Context {
  readonly #findings: Findings
  readonly #variables: Variables
  readonly #depth: number
  readonly #runs: Run[]

  constructor(findings: Findings, depth: number, runs: Run[]) {
    this.#findings = findings
    this.#variables = new Variables(findings)
    this.#depth = depth
    this.#runs = runs
  }

  all(): readonly Change[] {
    const { calls, evaluatedNames, evaluatedWords, given } = this.#findings
    const evaluated = [
      ...[...evaluatedNames].filter(name => !this.#variables.isTame(name)),
      ...evaluatedWords.filter(word => !this.#variables.see(word).tame).map(({ raw }) => raw),
    ]
    return [
      ...[...given].flatMap(name => assignmentVerdict(name, anything, false) ?? []),
      ...calls.flatMap(call => this.#judgeCall(call) ?? []),
      ...evaluated.map(name => changesBy(`arithmetic runs what "${name}" may hold`)),
    ]
  }

  run(words: readonly Seen[]): Verdict {
    const [program, ...args] = words
    if (!program) return undefined
    if (program.text === undefined)
      return changesBy(`what ${JSON.stringify(program.raw)} runs is not known before it runs`)
    const watchdog = args.find(({ text }) => WATCHDOG.test(text ?? ''))
    if (watchdog) return unknownWord(watchdog.raw, program.text)
    const name = program.text.replace(PLACES, '')
    this.#runs.push([{ ...program, text: name }, ...args])
    if (RESTARTING.has(name)) return { ...unknownWord(name), effect: 'restarts' }
    const rule = Object.hasOwn(PROGRAMS, name) ? PROGRAMS[name] : undefined
    if (rule) return rule(args, this, name)
    return this.#findings.functions.has(name) ? undefined : unknownWord(program.raw)
  }

  script(text: Seen): Verdict {
    if (text.text === undefined) return changesBy(`what ${JSON.stringify(text.raw)} runs is not known before it runs`)
    return judge(text.text, this.#depth + 1, this.#runs)
  }

  environment(name: string, value: Seen | undefined): Verdict {
    return assignmentVerdict(name, value, true)
  }

  #judgeCall({ assignments, words, writes }: Call): Verdict {
    const seen = words.map(word => this.#variables.see(word))
    const isPrefix = seen.length > 0
    const verdicts = [
      ...writes.map(writing => this.#writing(writing)),
      ...assignments.flatMap(({ name, values }) =>
        name === 'IFS' && /^(read|mapfile)$/.test(seen[0]?.text ?? '')
          ? []
          : values.map(value => assignmentVerdict(name, this.#variables.see(value), isPrefix)),
      ),
      this.run(seen),
    ].filter(verdict => verdict !== undefined)
    return verdicts.find(({ effect }) => effect === 'restarts') ?? verdicts[0]
  }

  #writing({ sign, target }: Writing): Verdict {
    const seen = this.#variables.see(target)
    const { text, raw } = seen
    if (sign === '<') {
      this.#runs.push([said('<'), seen])
      return undefined
    }
    const isKept = sign === '<>' || !(isSink(text ?? '') || target.parts[0]?.is === 'process')
    return isKept ? changesBy(`"${sign} ${raw}" writes`) : undefined
  }
}
