/** Programs that ask for processes, users, memory, time and the kernel. */
import { always, isChange, needs, options, type Parsed, parse, spec } from '../rule/options.ts'
import { each, type Programs, type Rule, unknownWord } from '../rule/rule.ts'
import { verbs } from '../rule/verbs.ts'

const date: Rule = options(
  '-d:uRI?r:f: --date= --utc --universal --iso-8601[= --rfc-3339= --rfc-email --reference= --file= --debug --version ..1',
  ({ operands }) => operands.find(({ start }) => !start.startsWith('+'))?.raw,
)

/** A name with a value is set. */
const sysctl: Rule = (args, _context, name) => {
  const parsed = parse(
    args,
    spec('-anNbeqr:A --all --values --names --binary --ignore --quiet --pattern= --deprecated ...'),
    name,
  )
  if (isChange(parsed)) return parsed
  const wrong = parsed.operands.find(({ text }) => text === undefined || text.includes('='))
  return wrong && unknownWord(wrong.raw, name)
}

/** at(1): `-c` prints jobs, which are numbers. */
const at = (parsed: Parsed): string | undefined =>
  needs('-l', '-c')(parsed) ?? parsed.operands.find(({ text }) => !/^\d+$/.test(text ?? ''))?.raw

export const SYSTEM: Programs = {
  ...each(
    `ps uptime whoami id groups who w users last lastb logname tty uname arch hostid nproc free vmstat iostat mpstat nfsiostat pidof pstree
    lscpu lsmem lsns lsipc lsirq lsmod modinfo lslogins ipcs getent locale cal ncal printenv sleep yes nixos-version
    lsb_release systemd-detect-virt getconf uuidparse lsfd pinky finger lid`,
    always,
  ),
  date,
  sysctl,
  pmap: options('-xXdqpA: --extended --device --quiet --show-path --range= ...'),
  sar: options(
    '-AbBdFhHqrSuvwWyzn:P:m:I:s:e:p ...',
    ({ operands }) => operands.find(({ text }) => !/^\d+$/.test(text ?? ''))?.raw,
  ),
  at: options('-lcq: ...', at),
  dmesg: options(
    '-THkuxrwWLedtPJl:f:S --ctime --human --kernel --userspace --decode --raw --follow --follow-new --color[= --reltime --show-delta --notime --nopager --json --level= --facility= --since= --until= --time-format= --syslog',
  ),
  hwclock: options('-ruvlV --show --get --utc --localtime --verbose --version'),
  hostname: options(
    '-sfdiIAay --short --fqdn --long --domain --ip-address --all-ip-addresses --all-fqdns --alias --yp --nis',
  ),
  ...each('domainname dnsdomainname nisdomainname', options('-sfdiIAay')),
  pgrep: options(
    '-acdfilnovwxd:g:G:P:s:t:u:U:F:r: --full --list-name --list-full --count --exact --newest --oldest --parent= --uid= --euid= --terminal= --inverse --ignore-case --delimiter= --pidfile= --ns= ...',
  ),
  top: options('-bcHiSn:d:p:u:U:o:w?E:e:1'),
  pidstat: options(
    '-dhHIrRstuvwlp:C:G:T:U? ...',
    ({ operands }) => operands.find(({ text }) => !/^\d+$/.test(text ?? ''))?.raw,
  ),
  slabtop: options('-os: --once --sort=', needs('-o', '--once')),
  iotop: options('-boPaktqn:d:p:u: --batch --only --iter=', needs('-b', '--batch')),
  lastlog: options('-b:t:u: --before= --time= --user='),
  faillock: options('--user= --dir='),
  chage: options('-li --list --iso8601 ..1', needs('-l', '--list')),
  passwd: options('-Sa --status --all ..1', needs('-S', '--status')),
  crontab: options('-lu:', needs('-l')),
  atq: options('-Vq:'),
  prlimit: options('-p: --pid= --noheadings --raw --verbose --output= -o:', needs('-p', '--pid')),
  modprobe: options(
    '-nDcvRS: --dry-run --show-depends --showconfig --resolve-alias --verbose ...',
    needs('-n', '-D', '-c', '-R', '--dry-run', '--show-depends', '--showconfig', '--resolve-alias'),
  ),
  capsh: options('--print --version', needs('--print', '--version')),
  getpcaps: always,
  getenforce: always,
  sestatus: options('-vb'),
  'aa-status': options('--enabled --profiled --enforced --complaining --json --pretty-json --verbose'),
  auditctl: options('-ls', needs('-l', '-s')),
  keyctl: options('..2', ({ operands: [verb] }) =>
    /^(show|list|rlist|describe)$/.test(verb?.text ?? '') ? undefined : (verb?.raw ?? 'keyctl'),
  ),
  // its `-v` tells what it imports, and then it runs what comes to its standard input
  ...each('python python3', options('-V --version', needs('-V', '--version'))),
  ...each(
    'perl ruby node lua php make rustc cargo',
    options(
      '-vV --version',
      ({ options, operands }) => operands[0]?.raw ?? (options.length === 1 ? undefined : 'no --version'),
    ),
  ),
  ...each('gcc cc', options('--version', needs('--version'))),
  go: verbs('', { version: '' }),
  java: options('words -version --version', needs('-version', '--version')),
  ...each(
    'mokutil',
    options(
      '--sb-state --list-enrolled --list-new --version',
      needs('--sb-state', '--list-enrolled', '--list-new', '--version'),
    ),
  ),
  stty: options('-ag --all --save'),
}
