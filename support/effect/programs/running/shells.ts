/** Programs that run a text. */
import { isChange, parse, spec } from '../../rule/options.ts'
import { changesBy, each, type Programs, type Rule, unknownWord } from '../../rule/rule.ts'
import { joined } from './builtins.ts'

/** `sh -c TEXT`; a file, or standard input, may hold anything. */
const shell: Rule = (args, context, name) => {
  if (/^--(version|help)$/.test(args[0]?.text ?? '') && args.length === 1) return undefined
  const parsed = parse(args, spec('-ceuxlo:'), name, true)
  if (isChange(parsed)) return parsed
  const [script] = parsed.operands
  if (!parsed.options.some(option => option.name === '-c') || !script)
    return changesBy(`what "${name}" reads to run is not known before it runs`)
  return context.script(script, name === 'bash' ? 'bash' : 'sh')
}

const USER = '-c: --command= -l -m -p - --login -g: -G: --group= --supp-group='

/** `su - USER -c TEXT`, and of runuser also `-u USER -- PROGRAM`. */
const otherUser: Rule = (args, context, name) => {
  const plain = args.filter(({ text }) => text !== '-')
  const parsed = parse(plain, spec(`${USER} -u: --user= ...`), name)
  if (isChange(parsed)) return parsed
  const [script, ...more] = parsed.options.filter(option => option.name === '-c' || option.name === '--command')
  if (script?.value && more.length === 0 && parsed.operands.length <= 1) return context.script(script.value)
  const early = parse(plain, spec(`${USER} -u: --user=`), name, true)
  if (isChange(early)) return early
  const isUser = early.options.some(option => option.name === '-u' || option.name === '--user')
  return isUser && early.operands.length > 0 ? context.run(early.operands) : unknownWord(name)
}

const watch: Rule = (args, context, name) => {
  const parsed = parse(
    args,
    spec('-n:dtgecbx --interval= --no-title --differences[= --exec --color --chgexit'),
    name,
    true,
  )
  if (isChange(parsed)) return parsed
  const isExec = parsed.options.some(option => option.name === '-x' || option.name === '--exec')
  return isExec ? context.run(parsed.operands) : context.script(joined(parsed.operands), 'sh')
}

export const SHELLS: Programs = {
  ...each('sh bash dash ash', shell),
  ...each('su runuser', otherUser),
  watch,
}
