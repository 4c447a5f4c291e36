/** find(1): it looks for files, and may act on what it finds. */
import { couldBecome } from '../../rule/devices.ts'
import { type Rule, unknownWord, unsure, type Verdict } from '../../rule/rule.ts'
import { foundPath, type Seen } from '../../rule/seen.ts'

const FLAGS =
  /^(-(H|L|P|O\d|depth|d|xdev|mount|daystart|follow|noleaf|ignore_readdir_race|noignore_readdir_race|warn|nowarn|empty|true|false|nouser|nogroup|readable|writable|executable|print|print0|ls|prune|quit|not|a|and|o|or)|!|\(|\)|,)$/
const VALUED =
  /^-(name|iname|path|ipath|wholename|iwholename|regex|iregex|regextype|lname|ilname|type|xtype|size|mtime|ctime|atime|mmin|cmin|amin|newer|newer[aBcmt]{2}|anewer|cnewer|user|group|uid|gid|perm|links|inum|samefile|fstype|used|context|maxdepth|mindepth|printf|D|files0-from)$/
const RUNS = /^-(exec|ok)(dir)?$/

export const find: Rule = (args, context, name) => {
  const isAmongDevices = args.some(({ start }) => couldBecome(`${start}/`))
  for (let at = 0; at < args.length; at++) {
    const word = args[at] as Seen
    if (word.operand && !/^[!(),]/.test(word.start)) continue
    if (word.text === undefined) return unsure(word.raw, name)
    if (FLAGS.test(word.text)) continue
    if (VALUED.test(word.text)) {
      at++
      if (args[at]?.many) return unsure(args[at]?.raw ?? '', name)
    } else if (RUNS.test(word.text)) {
      const end = endOf(args, at + 1)
      if (end < 0 || isAmongDevices) return unknownWord(word.raw, name)
      const verdict: Verdict = context.run(args.slice(at + 1, end).map(put))
      if (verdict) return verdict
      at = end
    } else return unknownWord(word.raw, name)
  }
  return undefined
}

/** Up to `;`, or `{} +`. */
function endOf(args: readonly Seen[], from: number): number {
  return args.findIndex(({ text }, at) => at >= from && (text === ';' || (text === '+' && args[at - 1]?.text === '{}')))
}

/** A path begins as the place where it was looked for, which is no option. */
function put(word: Seen): Seen {
  if (word.text === '{}') return { ...foundPath, many: true }
  if (!word.text?.includes('{}')) return word
  const start = word.text.slice(0, word.text.indexOf('{}'))
  return { raw: word.raw, start, operand: !start.startsWith('-'), many: false, tame: false, lines: true }
}
