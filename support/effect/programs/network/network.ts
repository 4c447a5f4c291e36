/** Programs that ask the network, or ask how it is set up. */
import { always, isChange, needs, options, parse, spec } from '../../rule/options.ts'
import { changesBy, each, type Programs, type Rule, unknownWord } from '../../rule/rule.ts'
import { verbs } from '../../rule/verbs.ts'
import { HTTP } from './http.ts'
import { IPROUTE } from './ip.ts'

const TABLE = /^(?:-[LSCnvxwc46]*t|--t(?:a(?:b(?:l(?:e)?)?)?)?(?:=|$))(.*)$/

/** To ask for a table may load it, and what follows connections with it. The first one, `filter`, is everywhere. */
const ofLoadedTable =
  (rule: Rule): Rule =>
  (args, context, name) => {
    const tables = args.flatMap(({ text, start }, at) => {
      const [, attached] = TABLE.exec(text ?? start) ?? []
      return attached === undefined ? [] : [attached || (args[at + 1]?.text ?? '?')]
    })
    const other = tables.find(table => table !== 'filter')
    const all = name.startsWith('eb') ? 'nft list ruleset' : `${name.startsWith('ip6') ? 'ip6' : 'ip'}tables-save`
    return (
      rule(args, context, name) ??
      (other === undefined
        ? undefined
        : changesBy(
            `"${name} -t ${other}" may load that table into the kernel; "${all}" alone shows every table in use`,
          ))
    )
  }

const firewall = options(
  '-LSnvxwt:c46 --list --list-rules --numeric --verbose --exact --line-numbers --table= --wait[= -V --version ..2',
  needs('-L', '-S', '-V', '--list', '--list-rules', '--version'),
)

/** Beside `-C`, which asks whether there is such a rule. `-M`, among other letters too, names a program that is run; iptables(8). */
const OTHER_COMMAND =
  /^-[ADIRFZNXPELS]|^-\w*M|^--(append|delete|insert|replace|flush|zero|new-chain|delete-chain|policy|rename-chain|mo(d(p(r(o(be?)?)?)?)?)?(=|$))/

/** `list`, and no file of commands: `-f`. It takes no beginning of a word for the word. */
const nft: Rule = (args, _context, name) => {
  const parsed = parse(
    args,
    spec(
      '-ajnsNSuypTtv --handle --json --numeric --stateless --version --numeric-priority --terse --reversedns --service --guid ...',
    ),
    name,
  )
  if (isChange(parsed)) return parsed
  const words = parsed.operands.flatMap(({ text }) => text?.trim().split(/\s+/) ?? ['?'])
  if (words.length === 0) return undefined
  return words[0] === 'list' && words.every(word => /^[\w.:*@-]+$/.test(word))
    ? undefined
    : unknownWord(words.find(word => word !== 'list') ?? 'list', name)
}

const asksServer = options(
  'words -connect: -servername: -showcerts -brief -starttls: -tls1_2 -tls1_3 -CAfile: -CApath: -verify_return_error -verify: -quiet -alpn: -4 -6 -ign_eof -no_ign_eof -status -prexit -verify_hostname: -xmpphost: -noservername -cert: -key:',
)

const certificates = verbs('', {
  version: options('words -a -v -d -o -b'),
  x509: options(
    'words -in: -noout -text -subject -issuer -dates -enddate -startdate -checkend: -fingerprint -sha256 -sha1 -serial -ext: -nameopt: -certopt: -inform: -purpose -pubkey -hash -subject_hash -issuer_hash -email -checkhost: -checkip: -modulus',
  ),
  s_client: (args, context, name) =>
    context.isFed ? unknownWord('what comes to its standard input', name) : asksServer(args, context, name),
  verify: options(
    'words -CAfile: -CApath: -untrusted: -purpose: -verbose -show_chain -partial_chain -crl_check -verify_hostname: ...',
  ),
  'pkey rsa ec': options('words -in: -noout -check -text -modulus -pubin -inform:'),
  req: options('words -in: -noout -text -subject -verify -pubkey'),
  crl: options('words -in: -noout -text -nextupdate -lastupdate -issuer -inform:'),
  dgst: options('words -sha256 -sha512 -sha1 -md5 -r -hex ...'),
  'sha256 sha1 sha512 md5': options('words -r -hex ...'),
  ciphers: options('words -v -V -s -tls1_2 -tls1_3 ..1'),
  list: options('words -digest-algorithms -cipher-algorithms -public-key-algorithms -providers -commands'),
})

export const NETWORK: Programs = {
  ...IPROUTE,
  ...HTTP,
  ...each('delv host nslookup getent traceroute traceroute6 tracepath netstat', always),
  // another kind of message than a question is no look, and what is asked of whois may go to any port
  ...each('dig kdig', (args, _context, name) => {
    const acts = args.find(({ text, start }) => /^\+\w*opcode|notify|^-t(ixfr|axfr)?=/i.test(text ?? start))
    return acts && unknownWord(acts.raw, name)
  }),
  whois: options('-HIva --verbose ..1'),
  ...each('ping ping6', options('-#c:i:W:w:nq46I:s:M:t:DOvaUQ:rR ...')),
  arping: options('-c:w:I:qfD ..1'),
  mtr: options(
    '-rwnbz46jc:i:s: --report --report-wide --report-cycles= --no-dns --json --tcp --udp --port= -P: -TU ...',
    needs('-r', '-w', '-j', '--report', '--report-wide', '--json'),
  ),
  nc: options('-zvnu46w:q: ...', needs('-z')),
  ncat: options('-zvnu46w: ...', needs('-z')),
  arp: options('-anveH:i: --all --numeric --verbose ..1'),
  route: options('-nveFC46A: --numeric --extend'),
  ifconfig: options('-asv ..1'),
  ethtool: options(
    '-ikSacglmPTxnude --driver --show-features --statistics --show-pause --show-coalesce --show-ring --show-channels --module-info --show-permaddr --show-time-stamping --show-rxfh --show-nfc --register-dump --show-priv-flags --show-eee --show-fec --json ..1',
  ),
  iw: (args, _context, name) => {
    const words = args.map(({ text }) => text ?? '?').join(' ')
    return /^(dev|list|phy|reg get|dev \w+ (info|link|station dump)|phy \w+ info)$/.test(words)
      ? undefined
      : unknownWord(words, name)
  },
  iwconfig: options('..1'),
  nmcli: verbs('-tpf:g:m:c:e: --terse --pretty --fields= --get-values= --mode= --colors= --escape=', {
    '': '',
    'general g gen': verbs('', { '': '', 'status permissions logging': '' }),
    'device dev d': verbs('', { '': '', 'status show': '...' }),
    'connection con c': verbs('', { '': '', show: '--active --order= ...' }),
    'networking n net': verbs('', { '': '', connectivity: '' }),
    'radio r': verbs('', { '': '', all: '' }),
  }),
  ...each(
    'iptables ip6tables iptables-legacy iptables-nft',
    ofLoadedTable((args, context, name) => {
      if (!/^(-C|--check)$/.test(args.find(({ text }) => text !== '-w')?.text ?? ''))
        return firewall(args, context, name)
      const other = args.find(({ start, text }) => OTHER_COMMAND.test(text ?? `-A${start}`))
      return other && unknownWord(other.raw, name)
    }),
  ),
  ...each('iptables-save ip6tables-save', ofLoadedTable(options('-ct: --counters --table='))),
  nft,
  ipset: verbs('-o: --output=', { list: '-nt --name --terse ...', save: '..1', test: '..2' }),
  conntrack: options(
    '-LCSpf:d:s:o: --dump --count --stats ...',
    needs('-L', '-C', '-S', '--dump', '--count', '--stats'),
  ),
  ebtables: ofLoadedTable(options('-Lt: --list --Ln --Lc', needs('-L', '--list'))),
  'firewall-cmd': options(
    '--state --list-all --list-all-zones --get-zones --get-active-zones --get-default-zone --list-services --list-ports --list-rich-rules --zone= --permanent --query-service= --query-port=',
  ),
  ufw: verbs('', {
    status: options(
      '..1',
      ({ operands }) => operands.find(({ text }) => !/^(verbose|numbered)$/.test(text ?? ''))?.raw,
    ),
  }),
  wg: verbs('', { '': '', 'show showconf': '...' }),
  tailscale: verbs('', {
    status: '--json --peers --active --self',
    ip: '-146 ..1',
    'version netcheck ping whois': '...',
  }),
  'zerotier-cli': verbs('-jD:', { 'info status listnetworks listpeers peers': '' }),
  rpcinfo: options('-pmstul ...'),
  lldpctl: options('-f:d'),
  openssl: certificates,
  'ssh-keyscan': options('-t:p:T:46Hcv ...'),
  'ssh-keygen': options('-lyvBf:F:E: ..1', needs('-l', '-y', '-F', '-B')),
  'ssh-add': options('-lLE:', needs('-l', '-L')),
  ssh: options('-V', needs('-V')),
}
