import { sh } from '../../core/command.ts'
import { lines } from '../sections.ts'
import { type Section, sorted } from './section.ts'

/**
 * The ports that the packet filter lets in: `tcp 443`: `open`, with what else must be so. A filter whose modules are not loaded is not
 * asked: asking would load them. That goes for each table of the iptables before nf_tables, which loads the one it is asked for (xtables_load_ko).
 */
export const firewallSection: Section = {
  name: 'firewall',
  tool: 'nft or iptables-save',
  command: sh`
[ "$(id -u)" = 0 ] || { echo 'only root may see the packet filter'; exit 77; }
nft= asked=
[ ! -d /sys/module/nf_tables ] || nft=1
[ -n "$nft" ] || [ -e /proc/net/ip_tables_names ] || [ -e /proc/net/ip6_tables_names ] || { echo 'no packet filter is loaded'; exit 77; }
if [ -n "$nft" ] && command -v nft >/dev/null; then nft -n -s list ruleset || exit; asked=1; fi
for family in ip ip6; do
  save=\${family}tables-save names=/proc/net/\${family}_tables_names
  command -v $save >/dev/null || continue
  case $($save --version) in
  *nf_tables*) [ -n "$nft" ] || continue ;;
  *) [ -e $names ] || continue; asked=1; grep -qx filter $names || continue ;;
  esac
  $save -t filter || exit
  asked=1
done
[ -n "$asked" ] || exit 127`,
  parse: text => {
    const all = lines(text)
    const open = new Map<string, Set<string>>()
    for (const [port, how] of [...fromNft(all), ...fromIptables(all)])
      open.set(port, (open.get(port) ?? new Set()).add(how))
    if (open.size === 0) return { ports: 'none is let in by its number' }
    return sorted([...open].map(([port, ways]) => [port, [...ways].sort().join('; ')]))
  },
}

type Entry = [key: string, value: string]

/** Chains that see what is for others, or leaves. */
const OTHER_CHAIN = /forward|output|routing|mangle|rpfilter/i

/** `iifname "eth0" tcp dport { 80, 443 } counter packets 0 bytes 0 accept` in a chain that sees what comes in. */
function fromNft(all: readonly string[]): Entry[] {
  let skipped = false
  return all.flatMap(line => {
    const chain = /^\s*chain (\S+) \{/.exec(line)?.[1]
    if (chain !== undefined) skipped = OTHER_CHAIN.test(chain)
    else if (/type \w+ hook (?!input)/.test(line)) skipped = true
    const found = /^\s+(?!\s)(.*?)\b(tcp|udp) dport (\{[^{}]*\}|\S+)/.exec(line)
    const accepted = found && /^(.*)\baccept\b/.exec(line.slice(found[0].length))
    if (skipped || !accepted) return []
    const [, before = '', protocol = '', ports = ''] = found
    const [, after = ''] = accepted
    return opened(
      protocol,
      ports.replace(/[{}]/g, ''),
      `${before} ${after.replace(/counter( packets \d+ bytes \d+)?/, '')}`,
    )
  })
}

/** `-A nixos-fw -i eth0 -p tcp -m tcp --dport 22 -j nixos-fw-accept`. */
function fromIptables(all: readonly string[]): Entry[] {
  return all.flatMap(line => {
    const [, chain = '', rule = ''] = /^-A (\S+) (.*) -j (?:\S*-)?accept\b/i.exec(line) ?? []
    const [, protocol] = /-p (tcp|udp)\b/.exec(rule) ?? []
    const [, ports] = /--dports? (\S+)/.exec(rule) ?? []
    if (protocol === undefined || ports === undefined || OTHER_CHAIN.test(chain)) return []
    const rest = rule.replace(/-p \S+|-m (?:tcp|udp|multiport|comment)\b|--dports? \S+|--comment (?:"[^"]*"|\S+)/g, '')
    return opened(protocol, ports.replaceAll(':', '-'), rest)
  })
}

const opened = (protocol: string, ports: string, conditions: string): Entry[] =>
  ports
    .split(',')
    .map(port => port.trim())
    .filter(Boolean)
    .map(port => [`${protocol} ${port}`, ['open', ...conditions.split(/\s+/).filter(Boolean)].join(' ')])
