/** iproute2. It takes the beginning of a word for the word, the first that fits: `ip link s` sets. ip(8) and its sources. */
import { isChange, options, parse, spec } from '../../rule/options.ts'
import { type Programs, type Rule, unknownWord, unsure } from '../../rule/rule.ts'

/** `-b` and `-force` are not among them: they read commands from a file. */
const IP_OPTIONS = spec(
  'words -s -stats -statistics -d -details -h -human -j -json -p -pretty -4 -6 -0 -B -M -br -brief -c[= -color[= -o -oneline -r -resolve -t -timestamp -ts -tshort -a -all -iec -N -Numeric -echo -V -Version -n: -netns: -f: -family: -l: -rc:',
)

/** Those that `ip` would take for it. Behind: what is listed by it. */
const OBJECTS: readonly (readonly [RegExp, RegExp])[] = [
  [/^a(d(d(r(e(s(s)?)?)?)?)?)?$/, /^(s|sh|sho|show|l|li|lis|list|ls|lst)$/],
  [/^addrl(a(b(e(l)?)?)?)?$/, /^(sh|sho|show|l|li|lis|list|ls|lst)$/],
  [/^r(o(u(t(e)?)?)?)?$/, /^(s|sh|sho|show|l|li|lis|list|ls|lst|g|ge|get)$/],
  [/^ru(l(e)?)?$/, /^(s|sh|sho|show|l|li|lis|list|ls|lst)$/],
  [/^n(e(i(g(h(b(o(u)?(r)?)?)?)?)?)?)?$/, /^(s|sh|sho|show|l|li|lis|list|ls|lst|g|ge|get)$/],
  [/^l(i(n(k)?)?)?$/, /^(sh|sho|show|l|li|lis|list|ls|lst|xstats|afstats)$/],
  [/^(maddr(ess)?|m|ma)$/, /^(show|list|ls|lst)$/],
  [
    /^(mroute|mrule|ntable|tunnel|tuntap|token|tcp_metrics|tcpmetrics|nexthop|vrf|netconf|macsec|l2tp)$/,
    /^(show|list|ls|lst|get)$/,
  ],
  [/^(netns)$/, /^(list|ls|show|list-id|identify|pids)$/],
  [/^(stats)$/, /^show$/],
]
const ip: Rule = (args, context, name) => {
  const parsed = parse(args, IP_OPTIONS, name, true)
  if (isChange(parsed)) return parsed
  const [object, verb, ...others] = parsed.operands
  if (!object) return undefined
  if (object.text === undefined) return unsure(object.raw, name)
  if (/^(monitor|mon|mo|help)$/.test(object.text)) return undefined
  if (/^(x|xfrm)$/.test(object.text))
    return xfrm(verb?.text, others[0]?.text) ? undefined : unknownWord(others[0]?.raw ?? object.raw, name)
  const found = OBJECTS.find(([names]) => names.test(object.text ?? ''))
  const called = `${name} ${object.text}`
  if (!found) return unknownWord(object.raw, name)
  if (!verb) return undefined
  if (verb.text === undefined) return unsure(verb.raw, called)
  // in all of them, no name stands before the program
  const inAll = parsed.options.some(option => option.name === '-a' || option.name === '-all')
  if (object.text === 'netns' && verb.text === 'exec' && !inAll && !others[0]?.many) return context.run(others.slice(1))
  return found[1].test(verb.text) ? undefined : unknownWord(verb.raw, called)
}

const xfrm = (what = '', verb = ''): boolean =>
  /^(state|policy)$/.test(what) && /^(list|show|ls|count|get|)$/.test(verb)

const SHOWING = /^(show|list|ls|lst|get|help)$/

/** tc and bridge: an object, and a verb that shows. */
const shown =
  (objects: RegExp, known: string): Rule =>
  (args, _context, name) => {
    const parsed = parse(args, spec(known), name, true)
    if (isChange(parsed)) return parsed
    const [object, verb] = parsed.operands
    if (!object || !objects.test(object.text ?? '')) return unknownWord(object?.raw ?? name, name)
    return !verb || SHOWING.test(verb.text ?? '') ? undefined : unknownWord(verb.raw, `${name} ${object.text}`)
  }

export const IPROUTE: Programs = {
  ip,
  tc: shown(
    /^(qdisc|class|filter|chain|monitor|actions|action)$/,
    'words -s -statistics -d -details -j -json -p -pretty -g -graph -r -raw -n: -netns: -nm -br -o -oneline',
  ),
  bridge: shown(
    /^(link|fdb|mdb|vlan|vni|mst|monitor)$/,
    'words -s -statistics -d -details -j -json -p -pretty -c -compressvlans -color -n: -netns: -o -oneline -t -timestamp',
  ),
  rtmon: options('..0'),
  // `-K` ends connections, and `-D` writes a file.
  ss: options(
    '-nraoleOmpiTsEtudwxSbZzHQM460VN:f:A:F: --numeric --resolve --all --listening --options --extended --oneline --memory --processes --threads --info --tos --cgroup --summary --events --ipv4 --ipv6 --packet --tcp --mptcp --sctp --vsock --udp --dccp --raw --unix --xdp --tipc --bpf --no-header --no-queues --context --contexts --net= --family= --query= --socket= --inet-sockopt --filter= ...',
  ),
}
