/** The judgement of a script: each of its commands by its program's rule, and what they have in common. */
import { evaluatedNames } from './evaluated-names.ts'
import type { Look, Place } from './look.ts'
import { actingSource, actingWord, namesDevices, readsUnknown } from './opened-files.ts'
import { PROGRAMS } from './programs/programs.ts'
import { assignmentVerdict } from './programs/running/variables.ts'
import { actsWhenOpened } from './rule/devices.ts'
import { type Change, type Context, changesBy, unknownWord, type Verdict } from './rule/rule.ts'
import { anything, isSink, type Seen, said, Variables } from './rule/seen.ts'
import { NotUnderstood } from './shell/cursor.ts'
import { readScript } from './shell/grammar.ts'
import type { Call, Findings, Writing } from './shell/script.ts'
import { isFed } from './standard-input.ts'

/** Scripts in scripts in scripts. */
const DEEPEST = 8

export const OUTERMOST: Place = { depth: 0, shell: 'bash', isFed: false }

export function judge(script: string, look: Look, place: Place = OUTERMOST): Verdict {
  if (place.depth > DEEPEST) return changesBy('it is too deep to be read')
  try {
    const findings = readScript(script)
    const judged = new Judge(findings, look, place).all()
    return judged.find(({ effect }) => effect === 'restarts') ?? judged[0]
  } catch (error) {
    if (error instanceof RangeError) return changesBy('it is too deep to be read')
    if (error instanceof NotUnderstood) return changesBy(`its text is not understood at ${error.at}`)
    throw error
  }
}

/** Where programs are installed. A program elsewhere may be any. */
const PLACES =
  /^(\/(usr\/(local\/)?)?s?bin|\/run\/current-system\/sw\/s?bin|\/run\/wrappers\/bin|\/nix\/store\/[^/]+\/s?bin|\/etc\/profiles\/per-user\/[^/]+\/bin|\/nix\/var\/nix\/profiles\/default\/bin)\/(?=[^/]+$)/
const RESTARTING = new Set('reboot poweroff halt shutdown kexec init telinit'.split(' '))
class Judge implements Context {
  readonly #findings: Findings
  readonly #variables: Variables
  readonly #look: Look
  readonly #place: Place
  #isFed = false

  constructor(findings: Findings, look: Look, place: Place) {
    this.#findings = findings
    this.#variables = new Variables(findings)
    this.#look = look
    this.#place = place
    look.hidesInside ||= place.depth > 0 && findings.hidden.length > 0
    look.opensOthers ||= findings.opensOthers
    look.writesToOthers ||= findings.writesToOthers
  }

  get isFed(): boolean {
    return this.#isFed
  }

  all(): readonly Change[] {
    const { calls, evaluatedWords, given, onlyBash, arrays, declared } = this.#findings
    const evaluated = [
      ...[...evaluatedNames(this.#findings)].filter(name => !this.#variables.isTame(name)),
      ...evaluatedWords.filter(word => !this.#variables.see(word).tame).map(({ raw }) => raw),
    ]
    const put = actingSource(this.#findings, this.#variables)
    const verdicts = [
      ...[...given].flatMap(name => assignmentVerdict(name, anything, false) ?? []),
      ...calls.flatMap(call => this.#judgeCall(call) ?? []),
      ...evaluated.map(name => changesBy(`arithmetic runs what "${name}" may hold`)),
      // bash reads `declare x='($(…))'` as `x=($(…))` where x is an array
      ...[...declared].filter(name => arrays.has(name)).map(name => changesBy(`what is declared of "${name}" may run`)),
      ...(put ? [unknownWord(put.raw)] : []),
    ]
    if (onlyBash !== undefined && this.#place.shell === 'sh')
      verdicts.push(changesBy(`a shell that is no bash reads "${onlyBash}" in another way`))
    if (this.#look.opensOthers && this.#look.writesToOthers)
      verdicts.push(changesBy('what is written to a number above 2 may be a file that was opened to be read'))
    if (this.#look.namesDevices && this.#look.readsUnknown)
      verdicts.push(changesBy('what is read may be a device, and to open one may be to act'))
    return verdicts
  }

  run(words: readonly Seen[]): Verdict {
    const [program, ...args] = words
    if (!program) return undefined
    if (program.text === undefined)
      return changesBy(`what ${JSON.stringify(program.raw)} runs is not known before it runs`)
    const name = program.text.replace(PLACES, '')
    const acting = actingWord(name, args)
    this.#look.namesDevices ||= namesDevices(name, args)
    this.#look.readsUnknown ||= readsUnknown(name, args)
    if (acting) return unknownWord(acting.raw, program.text)
    this.#look.runs.push([{ ...program, text: name }, ...args])
    if (RESTARTING.has(name)) return { ...unknownWord(name), effect: 'restarts' }
    const rule = Object.hasOwn(PROGRAMS, name) ? PROGRAMS[name] : undefined
    if (rule) return rule(args, this, name)
    return this.#findings.functions.has(name) ? undefined : unknownWord(program.raw)
  }

  script(text: Seen, shell: 'bash' | 'sh' = this.#place.shell): Verdict {
    if (text.text === undefined) return changesBy(`what ${JSON.stringify(text.raw)} runs is not known before it runs`)
    return judge(text.text, this.#look, { depth: this.#place.depth + 1, shell, isFed: this.#isFed })
  }

  environment(name: string, value: Seen | undefined): Verdict {
    return assignmentVerdict(name, value, true)
  }

  #judgeCall(call: Call): Verdict {
    const { assignments, words, writes } = call
    const seen = words.map(word => this.#variables.see(word))
    this.#isFed = isFed(call, this.#findings, this.#place.isFed)
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
      this.#look.runs.push([said('<'), seen])
      this.#look.readsUnknown ||= readsUnknown('<', [seen])
      return actsWhenOpened(seen, true) ? unknownWord(`< ${raw}`) : undefined
    }
    if (sign.startsWith('<<')) return undefined
    const isKept = sign === '<>' || !(isSink(text ?? '') || target.parts[0]?.is === 'process')
    return isKept ? changesBy(`"${sign} ${raw}" writes`) : undefined
  }
}
