/**
 * Commands that print numbers and no more, whatever the files, processes and pages hold of which they tell. Everything else may print
 * `a[$(reboot)]`, and arithmetic runs that: `[[ $(cat FILE) -gt 5 ]]`.
 */
import { type Call, type Findings, literal, type Writing } from './script.ts'

const named = (text: string): string => text.replace(/^.*\//, '')

/** Files of the kernel's in which there is no text of others. proc(5), sysfs(5). */
const NUMBER_FILE =
  /^\/proc\/(loadavg|uptime|meminfo|stat|vmstat|net\/(snmp|netstat|sockstat\d?)|sys\/(net|vm|fs)\/[\w./-]+|sys\/kernel\/(pid_max|threads-max|panic\w*|random\/entropy_avail|tainted|pid_max))$|^\/sys\/[\w./:*-]*\/(\w+_(input|max|min|crit|freq|bytes|packets|errors|dropped)|temp|speed|mtu|carrier|size|capacity|online|brightness|rotational|energy_\w+|charge_\w+)$/
const NUMBER_SYSCTL = /^(vm|fs|net)\.[\w./-]+$/

/** Filters: out comes what went in. */
const FILTERS = /^(cat|head|tail|cut|sort|uniq|tac|rev|grep|egrep|fgrep|sed|tr|nl|awk|gawk|mawk)$/
/** Columns of ps(1) that are numbers. */
const PS_COLUMN = /^(ppid|pid|uid|gid|rss|vsz|sz|nlwp|etimes?|time|pcpu|pmem|%cpu|%mem|ni|pri|psr)=?$/
const NUMBER_PROPERTY =
  /^(NRestarts|MainPID|ExecMain(PID|Code|Status)|ControlPID|StatusErrno|TasksCurrent|TasksMax|(?=\w*(Memory|Swap))\w+|NFailedUnits|NJobs|NNames|\w+(USec|NSec|Monotonic|Bytes|Packets))$/
const FILE_SYSTEM_COLUMNS = /^--output=((size|used|avail|pcent|itotal|iused|iavail|ipcent),?)+$/
const SUM_OR_COUNT = /^\s*(\{\s*(\w+)\s*\+=\s*\$\d+;?\s*\}\s*)?END\s*\{\s*print\s+(NR|(?=\w)\2(\+0)?)\s*(;\s*)?\}\s*$/

type Words = readonly string[]
const operands = (words: Words): Words => words.filter(word => !/^-./.test(word))

/** By program: whether these words let it print numbers, and fixed words beside them. */
const NUMBERS: Readonly<Record<string, (words: Words) => boolean>> = {
  'true false : test [ [[ nproc uptime sleep wait exit return arch free vmstat': () => true,
  'date seq expr echo printf': hasNoCode,
  'pgrep pidof': words => !words.some(word => /^-(-list|\w*[la])/.test(word)),
  uname: words => words.every(word => /^-[srvmpio]+$/.test(word)),
  id: words => /^-[ugG]$/.test(words[0] ?? '') && operands(words).length >= words.length - 1,
  wc: words => words.every(word => /^-([clmwL]+|-(bytes|lines|words|chars))$/.test(word)),
  'grep egrep fgrep': words =>
    operands(words).length <= 2 &&
    words.some(word => /^-(?=\w*c)\w+$|^--count$/.test(word)) &&
    !words.some(word => /^-\w*[rRHfed]|^--(?!count|ignore-case|invert)/.test(word)),
  tr: words => /^-(cd|dc)$/.test(words[0] ?? '') && /^(0-9|\[:digit:\])[.\\n]*$/.test(words[1] ?? ''),
  'awk gawk mawk': words => words.length === 1 && SUM_OR_COUNT.test(words[0] ?? ''),
  stat: words => /^(-L )?(-c|--format)[ =]?(%[abBdfFghiosuWXYZ]|[\d :,])+ [^-]/.test(words.join(' ')),
  du: words =>
    words.some(word => /^-(?=\w*s)\w+$|^--summarize$/.test(word)) && hasNoCode(words) && !words.join().includes('--f'),
  df: words => {
    const outputs = words.filter(word => word.startsWith('--o'))
    return outputs.length > 0 && outputs.every(word => FILE_SYSTEM_COLUMNS.test(word))
  },
  blockdev: words => words.some(word => /^--get\w+$/.test(word)),
  ps: words => columnsOf(words).length > 0 && columnsOf(words).every(column => PS_COLUMN.test(column)),
  systemctl: showsNumbers,
  sysctl: words => operands(words).length > 0 && words.every(word => NUMBER_SYSCTL.test(word) || /^-[ne]$/.test(word)),
  curl: isStatusOnly,
}
const BY_NAME = new Map(
  Object.entries(NUMBERS).flatMap(([names, rule]) => names.split(' ').map(name => [name, rule] as const)),
)

/** They print their words. */
function hasNoCode(words: Words): boolean {
  return !words.some(word => /[[\]`\\]/.test(word))
}

function columnsOf(words: Words): Words {
  return words.flatMap((word, at) =>
    /^-\w*o$/.test(word) ? (words[at + 1] ?? '?').split(',') : /^-\w*o|^--f/.test(word) ? ['?'] : [],
  )
}

const SHOWING = /^(-p|-P|--property)(?:$|=?(.+)$)/

/** Or a word of its own: `active`. */
function showsNumbers(words: Words): boolean {
  if (/^is-(active|enabled|failed|system-running)$/.test(words[0] ?? '')) return true
  const asked: string[] = []
  const others: string[] = []
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? ''
    const [, option, attached] = SHOWING.exec(word) ?? []
    if (option !== undefined) asked.push(...(attached ?? words[++at] ?? '?').split(','))
    else if (!/^--(value|user|system|no-pager)$/.test(word)) others.push(word)
  }
  return (
    others[0] === 'show' &&
    !others.some(word => word.startsWith('-')) &&
    asked.length > 0 &&
    asked.every(property => NUMBER_PROPERTY.test(property))
  )
}

/** The page goes to /dev/null; of it is told what is no text of the server's. */
function isStatusOnly(words: Words): boolean {
  const line = words.join(' ')
  const rest = line
    .replace(/ ?-o ?\/dev\/null/, '')
    .replace(/ ?(-w|--write-out) ?(%\{(http_code|response_code|time_\w+|size_\w+|num_\w+)\}|\\n)+/, '')
  return (
    /-o ?\/dev\/null/.test(line) &&
    /^(\s*(-[sSfkL4]+|(-m|--max-time|--connect-timeout) [\d.]+|[a-z]+:\/\/\S+)(?!\S))*\s*$/.test(rest) &&
    rest.match(/:\/\//g)?.length === 1
  )
}

/** That all of what these commands print are numbers. */
export function printsNumbers(calls: readonly Call[], findings: Findings): boolean {
  const { inputs, functions } = findings
  if (calls.some(({ words: [program] }) => functions.has((program && literal(program)) ?? ''))) return false
  const piped = new Set<Call | Writing>(calls.flatMap(call => inputs.get(call) ?? []))
  const ends = calls.filter(call => !piped.has(call))
  return ends.length > 0 && ends.every(call => isNumbers(call, findings, 0))
}

const DEEPEST = 50

function isNumbers(input: Call | Writing, findings: Findings, depth: number): boolean {
  if ('sign' in input) return input.sign === '<' && isNumberFile(input.target.raw)
  if (depth > DEEPEST) return false
  const texts = input.words.map(literal)
  if (texts.includes(undefined)) return false
  const [program, ...words] = texts.map(text => text ?? '')
  const own = input.writes.filter(({ sign }) => sign.startsWith('<'))
  // `$(<FILE)`
  if (program === undefined) return own.every(each => isNumbers(each, findings, depth + 1))
  const name = named(program)
  if (BY_NAME.get(name)?.(words)) return true
  if (!FILTERS.test(name) || (!/grep$|^tr$/.test(name) && !hasNoCode(words))) return false
  if (findings.readsNumbers) return false
  const given = own.length > 0 ? own : (findings.inputs.get(input) ?? [])
  const text = /grep$|awk$|^(sed|tr)$/.test(name) ? operands(words)[0] : undefined
  const files = words.filter(word => word.startsWith('/') && word !== text)
  if (files.length + given.length === 0 || !hasFewOperands(name, words, files)) return false
  return files.every(isNumberFile) && given.every(each => isNumbers(each, findings, depth + 1))
}

const isNumberFile = (file: string): boolean => NUMBER_FILE.test(file) && !file.includes('/../')

/** What is no option, value or file can only be the text of a filter: no other file is read. */
function hasFewOperands(name: string, words: Words, files: Words): boolean {
  const others = operands(words).length - files.length
  if (/awk$/.test(name) && words.some(word => word.includes('%'))) return false
  if (name === 'tr') return words[0] === '-d' && others === 1
  if (/grep$|awk$|^sed$/.test(name)) return others <= 1 && !words.some(word => /^-(-file|\w*f)/.test(word))
  // `-n 1`, `-d .`
  return others <= words.filter(word => /^-[nckdftu]$/.test(word)).length && words.every(word => !/^-\w*\//.test(word))
}
