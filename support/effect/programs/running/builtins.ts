/** What the shell itself does. bash(1), "SHELL BUILTIN COMMANDS". */
import { couldBecome } from '../../rule/devices.ts'
import { always, isChange, options, parse, spec } from '../../rule/options.ts'
import { changesBy, each, type Programs, type Rule, unknownWord, unsure } from '../../rule/rule.ts'
import { type Seen, said } from '../../rule/seen.ts'

const NAME = /^[A-Za-z_]\w*$/

/** Their values are judged as assignments; an option that would make bash evaluate them is not among these. */
const declaring: Rule = (args, context, name) => {
  // What is made by it is read as an assignment, in simple-command.ts.
  if (args.length === 1 && args[0]?.text === '-A' && /^(declare|typeset)$/.test(name)) return undefined
  // a shell does not take apart what is put in here
  const words = args.map(word =>
    /^[A-Za-z_]\w*\+?=/.test(word.start) ? { ...word, operand: true, many: false } : word,
  )
  const parsed = parse(words, spec('-rxgplu ...'), name)
  if (isChange(parsed)) return parsed
  for (const word of parsed.operands) {
    const [, variable, value] = /^([A-Za-z_]\w*)(?:\+?=([\s\S]*))?$/.exec(word.start) ?? []
    if (variable === undefined) return unknownWord(word.raw, name)
    if (value === undefined) {
      if (word.text === undefined) return unknownWord(word.raw, name)
      continue
    }
    const given = word.text === undefined ? { ...word, start: value } : said(value)
    const verdict = context.environment(variable, given)
    if (verdict) return verdict
  }
  return undefined
}

/** `shared` as for options; each operand is the name of a variable and nothing else: of an index bash runs what stands in it. */
const naming = (known: string): Rule =>
  options(known, ({ operands }) => operands.find(({ text }) => !NAME.test(text ?? ''))?.raw)

/** `[ … ]`, `test …`: `-v` evaluates an index, so no word may turn out to be it. */
const test: Rule = (all, _context, name) => {
  const args = name === '[' && all.at(-1)?.text === ']' ? all.slice(0, -1) : all
  for (const [at, word] of args.entries()) {
    if (/^-[vR]$/.test(word.text ?? '') && !NAME.test(args[at + 1]?.text ?? '')) return unknownWord(word.raw, name)
    const couldBeOption = word.text === undefined && /^(-[vR]?)?$/.test(word.start)
    if (couldBeOption && word.many && !word.tame) return unsure(word.raw, name)
    if (couldBeOption && args[at + 1]?.tame === false) return unsure(word.raw, name)
  }
  return undefined
}

const SHELL_OPTIONS = /^(errexit|nounset|pipefail|xtrace|noglob|noclobber|posix|verbose)$/

const set: Rule = (args, _context, name) => {
  for (const [at, word] of args.entries()) {
    if (word.text === '--' || word.operand) return undefined
    if (word.text === undefined) return unsure(word.raw, name)
    if (SHELL_OPTIONS.test(word.text)) continue
    if (/^[-+][eufxvC]*o$/.test(word.text)) {
      if (!SHELL_OPTIONS.test(args[at + 1]?.text ?? '')) return unknownWord(args[at + 1]?.raw ?? word.raw, name)
      return set(args.slice(at + 2), _context, name)
    }
    if (!/^[-+][eufxvC]+$/.test(word.text)) return unknownWord(word.raw, name)
  }
  return undefined
}

/** Files that only give names to what a system is. os-release(5). */
const SOURCED = /^(\/etc|\/usr\/lib)\/os-release$|^\/etc\/lsb-release$/

const source: Rule = ([file], _context, name) =>
  SOURCED.test(file?.text ?? '')
    ? undefined
    : changesBy(`what "${name} ${file?.raw ?? ''}" runs is not known before it runs`)

const trap: Rule = (args, context, name) => {
  const parsed = parse(args, spec('-lp ...'), name)
  if (isChange(parsed)) return parsed
  const [action, ...signals] = parsed.operands
  return !action || signals.length === 0 || action.text === '-' ? undefined : context.script(action)
}

/** Its words are put together and read as a script. */
export const joined = (words: readonly Seen[]): Seen => {
  const raw = words.map(word => word.raw).join(' ')
  const texts = words.map(word => word.text)
  return texts.includes(undefined)
    ? { raw, start: '', operand: false, many: true, tame: false, lines: true }
    : { ...said(texts.join(' ')), raw }
}

export const BUILTINS: Programs = {
  ...each(': true false echo return exit shift break continue pwd popd dirs times type which [[', always),
  ...each('cd pushd', ([place]) =>
    place && couldBecome(`${place.start}/`) ? unknownWord(place.raw, 'cd') : undefined,
  ),
  ...each('test [', test),
  ...each('export declare typeset local readonly', declaring),
  ...each('source .', source),
  printf: ([format, ...others]) =>
    format && (format.operand || format.text === '--' || (others.length === 0 && !format.many))
      ? undefined
      : unknownWord(format?.raw ?? 'printf', 'printf'),
  read: naming('-rsa:p:t:d:n:N:u:i: ...'),
  mapfile: naming('-td:n:O:s:u: ...'),
  readarray: naming('-td:n:O:s:u: ...'),
  unset: naming('-fv ...'),
  wait: options('-nf ...'),
  set,
  shopt: options(
    '-squp ...',
    ({ operands }) =>
      operands.find(
        ({ text = '-' }) =>
          !/^(extglob|nullglob|dotglob|globstar|failglob|nocasematch|nocaseglob|lastpipe|inherit_errexit)$/.test(text),
      )?.raw,
  ),
  trap,
  eval: (args, context) => (args.length === 0 ? undefined : context.script(joined(args))),
  exec: (args, context, name) => {
    const parsed = parse(args, spec('-cl'), name, true)
    return isChange(parsed) ? parsed : context.run(parsed.operands)
  },
  command: (args, context, name) => {
    const parsed = parse(args, spec('-pvV'), name, true)
    if (isChange(parsed)) return parsed
    return parsed.options.some(option => option.name !== '-p') ? undefined : context.run(parsed.operands)
  },
  builtin: (args, context) => context.run(args),
  ulimit: options('-SHabcdefiklmnpqrstuvxPRT'),
  umask: options('-pS'),
  jobs: options('-lnprs'),
  hash: options('-lt ...'),
  // Signal 0 is sent to nothing: it asks whether the process is there.
  kill: args =>
    /^-(0|l|L)$/.test(args[0]?.text ?? '') &&
    // an option alone is sent to nothing
    (args.slice(1).every(({ operand }) => operand) || (args.length === 2 && args[1]?.many === false))
      ? undefined
      : unknownWord('kill'),
}
