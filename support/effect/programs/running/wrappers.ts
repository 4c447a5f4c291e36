/** Programs that run what follows them. */
import { isChange, parse, spec } from '../../rule/options.ts'
import { type Context, type Programs, type Rule, unknownWord, type Verdict } from '../../rule/rule.ts'
import { anything, type Seen, said } from '../../rule/seen.ts'
import { chroot, nsenter } from './elsewhere.ts'
import { SHELLS } from './shells.ts'

interface Behind {
  /** Words of its own before the program. */
  readonly own?: number
  /** `NAME=VALUE` may stand there. */
  readonly assigns?: boolean
  /** Without a program it does this and no more. */
  readonly alone?: 'reads' | 'changes'
}

const wrapper =
  (known: string, { own = 0, assigns = false, alone = 'changes' }: Behind = {}): Rule =>
  (args, context, name) => {
    const parsed = parse(args, spec(known), name, true)
    if (isChange(parsed)) return parsed
    const unclear = parsed.operands.slice(0, own).find(({ many }) => many)
    if (unclear) return unknownWord(unclear.raw, name)
    const rest = parsed.operands.slice(own)
    const words = assigns ? behindAssignments(rest, context) : rest
    if ('because' in words) return words
    if (words.length === 0 && alone === 'changes') return unknownWord(name)
    return context.run(words)
  }

function behindAssignments(words: readonly Seen[], context: Context): readonly Seen[] | NonNullable<Verdict> {
  const [word, ...rest] = words
  const [, name, value] = /^([A-Za-z_]\w*)=([\s\S]*)$/.exec(word?.start ?? '') ?? []
  if (!word || name === undefined) return words
  const verdict = context.environment(
    name,
    word.text === undefined ? { ...word, start: value ?? '' } : said(value ?? ''),
  )
  return verdict ?? behindAssignments(rest, context)
}

const xargs: Rule = (args, context, name) => {
  const known = spec(
    '-0rtxn:P:L:l?d:s:E:e?I:i?a: --null --no-run-if-empty --verbose --max-args= --max-procs= --max-lines[= --max-chars= --delimiter= --arg-file= --replace[= --exit',
  )
  const parsed = parse(args, known, name, true)
  if (isChange(parsed)) return parsed
  const mark = parsed.options.findLast(option => /^(-I|-i|--replace)$/.test(option.name))
  if (parsed.operands.length === 0) return undefined
  if (!mark) return context.run([...parsed.operands, anything])
  const put = mark.value?.text ?? (mark.value ? undefined : '{}')
  if (put === undefined || put === '') return unknownWord(mark.value?.raw ?? '-I', name)
  return context.run(parsed.operands.map(word => replaced(word, put)))
}

/** One word, of which only the part before the mark is known. */
function replaced(word: Seen, mark: string): Seen {
  const at = word.text?.indexOf(mark) ?? -1
  if (word.text === undefined || at < 0) return word
  const start = word.text.slice(0, at)
  return {
    raw: word.raw,
    start,
    operand: start !== '' && !start.startsWith('-'),
    many: false,
    tame: false,
    lines: true,
  }
}

const DURATION = /^(?:\d+|\d*\.\d+)[smhd]?$/

const timeout: Rule = (args, context, name) => {
  const parsed = parse(
    args,
    spec('-fvk:s: --foreground --preserve-status --verbose --kill-after= --signal='),
    name,
    true,
  )
  if (isChange(parsed)) return parsed
  const [duration, ...words] = parsed.operands
  if (!DURATION.test(duration?.text ?? '')) return unknownWord(duration?.raw ?? name, name)
  return words.length === 0 ? unknownWord(name) : context.run(words)
}

const env: Rule = (args, context, name) => {
  // `-` alone is `-i`
  const plain = args.filter(({ text }, at) => text !== '-' || at > 0)
  return wrapper('-i0vu: --ignore-environment --null --unset= --debug', { assigns: true, alone: 'reads' })(
    plain,
    context,
    name,
  )
}

const sudo: Rule = (args, context, name) => {
  if (
    args.length > 0 &&
    args.every(({ text }) => /^(-[nlvV]+|--(list|validate|version|non-interactive))$/.test(text ?? ''))
  )
    return undefined
  return wrapper(
    '-nHESiPu:g:p: --user= --group= --non-interactive --set-home --preserve-env --login --stdin --prompt=',
    {
      assigns: true,
    },
  )(args, context, name)
}

export const WRAPPERS: Programs = {
  ...SHELLS,
  sudo,
  doas: wrapper('-nu:'),
  run0: wrapper('-u:g:D: --user= --group= --no-ask-password --pipe'),
  env,
  nice: wrapper('-#n: --adjustment=', { alone: 'reads' }),
  ionice: wrapper('-c:n:t --class= --classdata= --ignore'),
  taskset: wrapper('-c', { own: 1 }),
  chrt: wrapper('-bfior', { own: 1 }),
  timeout,
  time: wrapper('-pvqf: --portability --verbose --format='),
  nohup: wrapper(''),
  setsid: wrapper('-wfc --wait --fork --ctty'),
  stdbuf: wrapper('-i:o:e: --input= --output= --error='),
  unbuffer: wrapper(''),
  chroot,
  nsenter,
  busybox: (args, context) => context.run(args),
  xargs,
}
