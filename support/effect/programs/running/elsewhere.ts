/** Programs that run what follows them where there may be other files: a program of a known name may be any there. */
import { isChange, parse, spec } from '../../rule/options.ts'
import { type Rule, unknownWord } from '../../rule/rule.ts'
import type { Seen } from '../../rule/seen.ts'

/** Where a system that is installed, or that is repaired, is mounted. In other places a program may be any. */
const SYSTEMS = /^(\/|(\/mnt|\/sysroot|\/target)(\/(?!\.\.)[^/]*)*)$/

export const chroot: Rule = (args, context, name) => {
  const parsed = parse(args, spec(''), name, true)
  if (isChange(parsed)) return parsed
  const [place, ...words] = parsed.operands
  if (!SYSTEMS.test(place?.text ?? '') || words.length === 0) return unknownWord(place?.raw ?? name, name)
  return context.run(words)
}

const NSENTER =
  '-at:m?u?i?n?p?C?U?T?r?w?FS:G: --all --target= --mount[= --uts[= --ipc[= --net[= --pid[= --cgroup[= --user[= --time[= --no-fork --root[= --wd[='
const OTHER_FILES = /^(-[marw]|--(mount|all|root|wd))$/

const isTarget = (word: Seen | undefined): boolean => /^(-t|--target)$/.test(word?.text ?? '')

/** The target where it is `$(pgrep -o …)`: when no process is found, the next word is taken for it, which is no number and ends it. */
function asTarget(word: Seen, at: number, words: readonly Seen[]): Seen {
  const next = words[at + 1]?.text
  return word.process && isTarget(words[at - 1]) && next !== undefined && !/\d/.test(next)
    ? { ...word, many: false }
    : word
}

/** Where other files are, a program may be any; those of process 1 are the host's. */
export const nsenter: Rule = (args, context, name) => {
  const parsed = parse(args.map(asTarget), spec(NSENTER), name, true)
  if (isChange(parsed)) return parsed
  const target = parsed.options.findLast(option => option.name === '-t' || option.name === '--target')?.value
  const other = parsed.options.find(
    option => OTHER_FILES.test(option.name) && (option.value !== undefined || target?.text !== '1'),
  )
  if (other) return unknownWord(other.name, name)
  return parsed.operands.length === 0 ? unknownWord(name) : context.run(parsed.operands)
}
