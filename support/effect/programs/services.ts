/** Databases and daemons, asked by their own programs. */
import { sqlOnlyReads } from '../language/sql.ts'
import { needs, options, type Parsed } from '../rule/options.ts'
import { each, type Programs } from '../rule/rule.ts'
import { verbs } from '../rule/verbs.ts'

/** Each statement looks; there is at least one, as without any the program reads commands. */
const statements = (
  { options, operands }: Parsed,
  given: RegExp,
  others: RegExp,
  from = operands.length,
): string | undefined => {
  const texts = [
    ...options.filter(({ name }) => given.test(name)).flatMap(({ value }) => value ?? []),
    ...operands.slice(from),
  ]
  const wrong = texts.find(({ text }) => text === undefined || !sqlOnlyReads(text.replace(/\\G$/, '')))
  if (wrong) return wrong.raw
  return texts.length > 0 || options.some(({ name }) => others.test(name)) ? undefined : 'no statement'
}

/** sqlite3's own, which list what there is. */
const SQLITE_LISTS =
  /^(\.(tables|schema|databases|indexes|dbinfo|dump)( \w+)?|pragma (integrity_check|quick_check|table_info\(\w+\)|user_version|journal_mode|page_count|database_list);?)$/i

/** A configuration that is tried: its modules are loaded, its files made, its Lua is run. The system's own does that anyway. */
const foreign = ({ options }: Parsed, names: RegExp): string | undefined =>
  options.find(({ name, value }) => names.test(name) && !/^\/(etc|nix\/store)\/(?!.*\.\.)/.test(value?.text ?? ''))
    ?.value?.raw

export const SERVICES: Programs = {
  psql: options(
    '-AtqXxwlVU:h:p:d:c:F:R:P: --command= --username= --host= --port= --dbname= --list --tuples-only --no-align --quiet --no-psqlrc --expanded --no-password --version --csv --field-separator= ..2',
    parsed => statements(parsed, /^(-c|--command)$/, /^(-l|--list|-V|--version)$/),
  ),
  pg_isready: options('-qU:h:p:d:t: --quiet --host= --port= --dbname= --username= --timeout='),
  pg_lsclusters: options('-hj'),
  sqlite3: options(
    'words -readonly -json -csv -line -list -column -html -header -noheader -batch -separator: -nullvalue: -bail -version ...',
    parsed =>
      parsed.options.some(({ name }) => name === '-version')
        ? undefined
        : (needs('-readonly')(parsed) ??
          (parsed.operands.length === 2 && SQLITE_LISTS.test(parsed.operands[1]?.text ?? '')
            ? undefined
            : statements(parsed, /^$/, /^$/, 1))),
  ),
  ...each(
    'mysql mariadb',
    options(
      '-NBsrtEVu:h:P:S:D:e:p? --execute= --user= --host= --port= --socket= --database= --skip-column-names --batch --silent --table --vertical --version ..1',
      parsed => statements(parsed, /^(-e|--execute)$/, /^(-V|--version)$/),
    ),
  ),
  ...each(
    'mysqladmin mariadb-admin',
    options(
      '-u:h:P:S:p? --user= --host= --socket= --port= ...',
      ({ operands }) =>
        operands.find(({ text }) => !/^(ping|status|version|processlist|variables|extended-status)$/.test(text ?? ''))
          ?.raw ?? (operands.length === 0 ? 'no command' : undefined),
    ),
  ),
  ...each(
    'redis-cli valkey-cli',
    options(
      '-h:p:a:n:s:u: --user= --pass= --no-auth-warning --tls --insecure --raw --no-raw --json --csv --stat --latency --scan --bigkeys --memkeys --pattern: --version -v -# ...',
      ({ options, operands: [command, ...words] }) => {
        const text = command?.text?.toLowerCase() ?? ''
        if (!command)
          return options.some(({ name }) => /^(--version|-v|--scan|--bigkeys|--memkeys|--stat|--latency)$/.test(name))
            ? undefined
            : 'no command'
        if (/^(config|client|slowlog|latency|memory|acl|cluster)$/.test(text))
          return /^(get|list|info|len|latest|usage|stats|doctor|whoami|nodes|slots|id)$/i.test(words[0]?.text ?? '')
            ? undefined
            : words[0]?.raw
        return /^(ping|info|get|mget|keys|scan|dbsize|ttl|pttl|exists|type|strlen|llen|lrange|lindex|hget|hgetall|hkeys|hlen|hexists|smembers|scard|sismember|zcard|zrange|zscore|xlen|xrange|xinfo|pubsub|getrange|lastsave|role|time|echo)$/.test(
          text,
        )
          ? undefined
          : command.raw
      },
    ),
  ),
  rabbitmqctl: verbs('-n:q --node= --quiet', {
    'status list_queues list_users list_vhosts list_exchanges list_connections list_channels list_permissions cluster_status ping version':
      '...',
  }),
  nginx: options('-tTvVqc:', parsed => needs('-t', '-T', '-v', '-V')(parsed) ?? foreign(parsed, /^-c$/)),
  apachectl: options('-tSvVM', needs('-t', '-S', '-v', '-V', '-M')),
  caddy: verbs('', {
    'version list-modules build-info': '*',
    validate: options('-c: --config= --adapter=', parsed => foreign(parsed, /^(-c|--config)$/)),
  }),
  haproxy: options('-cvVqf:', parsed => needs('-c', '-v')(parsed) ?? foreign(parsed, /^-f$/)),
  'named-checkconf': options('-jpzxc ..1'),
  sshd: options('-tTf:C:', needs('-t', '-T')),
  postconf: options(
    '-ndhvxMCf ...',
    ({ operands }) => operands.find(({ text }) => text === undefined || text.includes('='))?.raw,
  ),
  postqueue: options('-pj', needs('-p', '-j')),
  mailq: options(''),
  doveconf: options('-nahSN ...'),
  doveadm: verbs('', { who: '...', 'stats log': verbs('', { 'dump errors': '...' }) }),
  'fail2ban-client': verbs('', { status: '..1', 'ping version': '', get: '...' }),
  chronyc: verbs('-nNvc46h:p:', {
    'tracking activity rtcdata smoothing serverstats authdata ntpdata': '..1',
    'sources sourcestats': '-va ...',
    waitsync: '..4',
  }),
  // without any of them it reads commands
  ntpq: options(
    '-pn46c:',
    parsed =>
      needs('-p', '-c')(parsed) ??
      parsed.options.find(
        ({ name, value }) =>
          name === '-c' && !/^(rv|peers|as|associations|pe|lpeers|sysinfo|rl)( \w+)*$/.test(value?.text ?? ''),
      )?.value?.raw,
  ),
  upsc: options('-lL ..2'),
  lpstat: options('-atrdvpos ...'),
  smbstatus: options('-bvpSLn'),
  testparm: options('-sv --suppress-prompt --section-name= --parameter-name= ..2'),
  varnishadm: verbs('', { 'status ping banner': '', 'backend.list vcl.list': '' }),
  supervisorctl: verbs('-c:', { 'status avail pid version': '...' }),
}
