import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { EnvironmentBroken } from '../../core/errors.ts'
import { warnings } from '../evaluate/nix.ts'
import { LogReader } from '../log-event.ts'
import type { Message, NixOutcome } from '../nix-process.ts'
import { NixRefused, nixError } from './nix-error.ts'
import { type Reason, readReason } from './reason.ts'
import { SourceMap } from './source-map.ts'

const transcripts = join(import.meta.dirname, '../../../fixtures/transcripts')

/** What Nix 2.26.3 said about one flake whose fault the file's name tells; the flake was /tmp/laptop. */
function recorded(name: string): NixOutcome {
  const reader = new LogReader()
  const messages: Message[] = []
  const stray: string[] = []
  const builders = new Map<string, string[]>()
  const names = new Map<number, string>()
  for (const line of readFileSync(join(transcripts, `nix-${name}.log`), 'utf8').split('\n')) {
    const event = reader.read(line)
    if (event === undefined) stray.push(line)
    else if (event.kind === 'message') messages.push(event)
    else if (event.kind === 'build-starts') names.set(event.id, event.derivation)
    else if (event.kind === 'build-line') {
      const builder = names.get(event.id) ?? ''
      builders.set(builder, [...(builders.get(builder) ?? []), event.line])
    }
  }
  return { exitCode: 1, stdout: '', messages, stray, builders }
}

/** The copy in the store that the transcript speaks of: the one with a file of the user's in it. */
function sources(outcome: NixOutcome): SourceMap {
  const text = JSON.stringify(outcome.messages)
  const storePath = /(\/nix\/store\/[a-z0-9]{32}-source)\/modules\/(?:nixos|hosts)\//.exec(text)?.[1]
  return new SourceMap({ ...(storePath ? { storePath } : {}), folder: '/tmp/laptop' })
}

const reasonOf = (name: string): Reason => {
  const outcome = recorded(name)
  return readReason(outcome, sources(outcome))
}

const web = 'modules/nixos/web.nix'
const expected: Readonly<Record<string, Partial<Reason>>> = {
  'unknown-option': {
    kind: 'unknown-option',
    message: "The option `services.ngnix' does not exist.",
    file: web,
    hint: "did you mean `services.nginx' or `services.openssh'?",
  },
  'type-error': { kind: 'type-error', file: web },
  conflict: {
    kind: 'conflict',
    message: "The option `services.nginx.enable' has conflicting definition values:",
    file: web,
  },
  assertion: {
    kind: 'assertion',
    message: 'Failed assertion: The ‘fileSystems’ option does not specify your root file system.',
  },
  syntax: { kind: 'syntax', message: "syntax error, unexpected '}', expecting ';'", file: web, line: 7 },
  'undefined-variable': { kind: 'undefined-variable', message: "undefined variable 'tru'", file: web, line: 6 },
  'duplicate-attribute': { kind: 'syntax', file: web, line: 7 },
  'missing-attribute': {
    kind: 'missing-attribute',
    message: "attribute 'mkForec' missing",
    file: web,
    line: 6,
    hint: 'did you mean mkForce?',
  },
  'unknown-module': {
    kind: 'missing-attribute',
    message: "attribute 'wbe' missing",
    file: 'modules/hosts/t14.nix',
    line: 6,
    hint: 'did you mean web?',
  },
  'missing-host': { kind: 'missing-attribute' },
  'missing-argument': { kind: 'missing-attribute', message: "attribute 'pkgz' missing" },
  'infinite-recursion': { kind: 'infinite-recursion', file: web, line: 6 },
  'no-value': { kind: 'no-value' },
  'wrong-kind': { kind: 'other', message: 'expected a set but found a Boolean: true', file: web, line: 6 },
  thrown: { kind: 'other', message: 'not on this machine', file: web, line: 6 },
  abort: { kind: 'other', file: web, line: 6 },
  untracked: { kind: 'missing-file', message: "path 'modules/nixos/_secret.nix' does not exist" },
  'missing-input': { kind: 'missing-input', hint: 'give the input "nonesuch" a url in flake.nix' },
  'hash-mismatch': { kind: 'hash-mismatch' },
  'build-failure': { kind: 'build-failed', detail: 'compiling\npage.html: line 3: no such tag' },
  'build-failure-dependency': { kind: 'build-failed', detail: 'compiling\npage.html: line 3: no such tag' },
}

for (const [name, want] of Object.entries(expected))
  test(`${name} is the configuration's fault, told in few words`, () => {
    const reason = reasonOf(name)
    assert.equal(reason.fault, 'configuration')
    for (const key of Object.keys(want) as (keyof Reason)[]) assert.equal(reason[key], want[key], key)
    const error = nixError('host "t14" does not evaluate', reason)
    assert.ok(error instanceof NixRefused)
    assert.equal(error.exitCode, 1)
    assert.ok(error.message.split('\n').length < 20, error.message)
    assert.doesNotMatch(error.message, /\/nix\/store\/[a-z0-9]+-source\/modules/)
  })

const surroundings: Readonly<Record<string, Partial<Reason>>> = {
  'network-dead': { kind: 'network', retryable: true },
  'disk-full': { kind: 'disk-full', retryable: false },
  'wrong-system': { kind: 'no-builder' },
}

for (const [name, want] of Object.entries(surroundings))
  test(`${name} is the surroundings' fault: could not check`, () => {
    const reason = reasonOf(name)
    for (const key of Object.keys(want) as (keyof Reason)[]) assert.equal(reason[key], want[key], key)
    const error = nixError('host "t14" does not evaluate', reason)
    assert.match(error.message, /^host "t14" could not be evaluated: /)
    assert.ok(error instanceof EnvironmentBroken)
    assert.equal(error.exitCode, 3)
    assert.equal(error.retryable, want.retryable ?? false)
  })

const silent = (failure: string): NixOutcome => ({
  exitCode: undefined,
  stdout: '',
  messages: [],
  stray: [],
  builders: new Map(),
  failure,
})

test('a missing nix is the surroundings’ fault', () => {
  const reason = readReason(silent('ENOENT'), new SourceMap({}))
  assert.equal(reason.kind, 'no-nix')
  assert.equal(reason.fault, 'environment')
})

test('what Nix prints beside its error is not the reason', () => {
  const printed = [
    "warning: the group 'nixbld' specified in 'build-users-group' does not exist",
    'error (ignored): gone',
  ]
  const beside = printed.map((text): Message => ({ kind: 'message', level: 0, text, trace: [] }))
  const outcome = (...errors: readonly Message[]) => ({ ...silent(''), exitCode: 1, messages: [...beside, ...errors] })
  const reading = readReason(outcome(said("undefined variable 'x'")), new SourceMap({}))
  assert.deepEqual([reading.kind, reading.message], ['undefined-variable', "undefined variable 'x'"])
  const network = "error: unable to download 'https://x': Could not resolve hostname (6)"
  const plain = readReason(outcome({ kind: 'message', level: 0, text: network, trace: [] }), new SourceMap({}))
  assert.deepEqual([plain.kind, plain.message], ['network', network.slice('error: '.length)])
  assert.equal(readReason(outcome(), new SourceMap({})).fault, 'environment')
})

test('a Nix that is ended, or says no reason, says nothing of the configuration', () => {
  const killed = silent('Command was killed with SIGKILL (Forced termination): nix eval')
  const quiet: NixOutcome = { exitCode: 1, stdout: '', messages: [], stray: [], builders: new Map() }
  for (const [outcome, words] of [
    [killed, /^Command was killed/],
    [{ ...killed, stray: ['copying path'] }, /^copying path/],
    [quiet, /^nix ended with exit code 1 and said no reason/],
  ] as const) {
    const reading = readReason(outcome, new SourceMap({}))
    assert.equal(reading.fault, 'environment', reading.message)
    assert.match(reading.message, words)
    assert.ok(reading.hint)
  }
})

test('a builder that met a full disk is not the configuration’s fault', () => {
  const said = ['cp: error writing page.html: No space left on device']
  const outcome = { ...recorded('build-failure'), builders: new Map([['web-page', said]]) }
  assert.equal(readReason(outcome, sources(outcome)).kind, 'disk-full')
})

const GIT: readonly (readonly [line: string, exitCode: 1 | 3, words: RegExp])[] = [
  ["fatal: unable to access 'http://127.0.0.1:9/x/': Failed to connect to 127.0.0.1 port 9", 3, /unable to access/],
  ["fatal: unable to access 'https://dead.invalid/x/': Could not resolve host: dead.invalid", 3, /Could not resolve/],
  ['ssh: connect to host 127.0.0.1 port 9: Connection refused', 3, /Connection refused/],
  ['git@127.0.0.1: Permission denied (publickey).', 3, /Permission denied/],
  ["fatal: Authentication failed for 'https://git.example/x/'", 3, /Authentication failed/],
  ["fatal: '/no/such/repo' does not appear to be a git repository", 1, /does not appear/],
  ["fatal: repository 'https://git.example/x/' not found", 1, /not found/],
  ['ERROR: Repository not found.', 1, /not found/],
  // As git 2.47 and OpenSSH 10 say it of servers that close, reset, keep silent, and are none.
  ['kex_exchange_identification: Connection closed by remote host', 3, /closed/],
  ['kex_exchange_identification: read: Connection reset by peer', 3, /reset/],
  ['Connection closed by 127.0.0.1 port 9206', 3, /closed by/],
  ['Connection reset by 127.0.0.1 port 9206', 3, /reset by/],
  ['Connection timed out during banner exchange', 3, /banner exchange/],
  ['Connection to 127.0.0.1 port 9201 timed out', 3, /timed out/],
  ['fatal: read error: Connection reset by peer', 3, /read error/],
  ['fatal: protocol error: bad line length character: no', 3, /protocol error/],
  ['fatal: the remote end hung up unexpectedly', 3, /hung up/],
  ['Too many authentication failures', 3, /Could not read from remote/],
  ["fatal: unable to access 'http://127.0.0.1:9108/x/': The requested URL returned error: 503", 3, /503/],
]
for (const [line, exitCode, words] of GIT)
  test(`a remote repository: ${line}`, () => {
    const [message] = recorded('undefined-variable').messages
    const raw = "resolving Git reference 'master': revspec 'master' not found"
    const outcome = (said: string): NixOutcome => ({
      ...{
        exitCode: 1,
        stdout: '',
        stray: [line, 'fatal: Could not read from remote repository.'],
        builders: new Map(),
      },
      messages: [{ ...(message as Message), level: 0, raw: said, text: said, trace: [] }],
    })
    const reason = readReason(outcome(raw), new SourceMap({ folder: '/tmp/laptop' }))
    assert.match(reason.message, words)
    assert.equal(reason.fault === 'environment' ? 3 : 1, exitCode)
    // What Nix had kept served: then it is another fault that decides.
    const other = readReason(outcome("undefined variable 'x'"), new SourceMap({ folder: '/tmp/laptop' }))
    assert.equal(other.kind, 'undefined-variable')
  })

/** As Nix 2.26.3 says it. */
for (const [raw, advice] of [
  [
    "cannot build '/nix/store/x.drv^out' during evaluation because the option 'allow-import-from-derivation' is disabled",
    /allow-import-from-derivation of nix\.conf or nixConfig/,
  ],
  [
    '[json.exception.parse_error.101] parse error at line 1, column 13: syntax error while parsing object key',
    /flake\.lock/,
  ],
  [`mismatch in field 'narHash' of input '{"type":"path"}', got '{"type":"path"}'`, /nix flake update$/],
] as const)
  test(`the configuration's fault, with what to do: ${raw.slice(0, 40)}`, () => {
    const { fault, hint } = readReason({ ...silent(''), exitCode: 1, messages: [said(raw)] }, new SourceMap({}))
    assert.equal(fault, 'configuration')
    assert.match(hint ?? '', advice)
  })

/** As lib/types.nix of nixpkgs 20.09 says it, and that of 26.11 of types that check and merge at once. */
for (const [said, first] of [
  ["is not of type `boolean'. Definition values:", "is not of type `boolean'."],
  ["is not of type `list of string'. TypeError: Definition values: ", "is not of type `list of string'."],
  [
    "is not of type `string or boolean'. TypeError: The option `a` is neither a value of type `string` nor `boolean`, Definition values: ",
    "is not of type `string or boolean'. TypeError: The option `a` is neither a value of type `string` nor `boolean`",
  ],
] as const)
  test(`the definitions stand below, and are not announced: ${said}`, () => {
    const raw = `A definition for option \`a' ${said}\n- In \`/tmp/laptop/a.nix': 1`
    const outcome = { exitCode: 1, stdout: '', stray: [], builders: new Map() }
    const message: Message = { kind: 'message', level: 0, raw, text: raw, trace: [] }
    const reason = readReason({ ...outcome, messages: [message] }, new SourceMap({ folder: '/tmp/laptop' }))
    assert.deepEqual([reason.kind, reason.file], ['type-error', 'a.nix'])
    assert.equal(reason.message, `A definition for option \`a' ${first}`)
    assert.equal(reason.detail, "- In `a.nix': 1")
  })

test('offline, what cannot be downloaded is not advised to be asked offline', () => {
  const { fault, hint } = readReason(recorded('network-dead'), new SourceMap({}), true)
  assert.equal(fault, 'environment')
  assert.match(hint ?? '', /^--offline replaces inputs of flake\.nix/)
})

test('of a flake whose input has no look-alike nothing is said but that it could not be asked', () => {
  const reason: Reason = { kind: 'offline-input', fault: 'input', message: 'no look-alike', retryable: false }
  const error = nixError('host "t14" does not evaluate', reason)
  assert.deepEqual([error.exitCode, error.message], [2, 'host "t14" could not be evaluated: no look-alike'])
})

test('a dendritic flake without the module that merges flake.modules is told which', () => {
  const raw =
    "The option `flake.modules' is defined multiple times while it's expected to be unique.\n\nNo option has been declared"
  const outcome = { exitCode: 1, stdout: '', stray: [], builders: new Map() }
  const message: Message = { kind: 'message', level: 0, raw, text: raw, trace: [] }
  const { kind, fault, hint } = readReason({ ...outcome, messages: [message] }, new SourceMap({}))
  assert.deepEqual([kind, fault], ['conflict', 'configuration'])
  assert.equal(hint, 'imports = [ inputs.flake-parts.flakeModules.modules ];')
})

/** What the ways to a store and Nix's own helpers say (Nix 2.18 to 2.31); none of it is the configuration's fault. */
const OWN: readonly (readonly [raw: string, kind: Reason['kind']])[] = [
  ["cannot connect to socket at '/nix/var/nix/daemon-socket/socket': Connection refused", 'store'],
  ["cannot connect to socket at '/nix/var/nix/daemon-socket/socket': No such file or directory", 'store'],
  ["cannot open connection to remote store 'daemon': reading from file: Connection reset by peer", 'store'],
  ['opening lock file "/nix/var/nix/db/big-lock": Permission denied', 'store'],
  ["creating directory '/nix/store': Permission denied", 'store'],
  ["the group 'nixbld' specified in 'build-users-group' does not exist", 'store'],
  ['this system does not support the kernel namespaces that are required for sandboxing', 'store'],
  [
    'cannot perform a sandboxed build because user namespaces are not enabled; check /proc/sys/user/max_user_namespaces',
    'store',
  ],
  ['reading directory /home/simon/hosts/image: Permission denied', 'unreadable'],
  ["opening file '/home/simon/hosts/key.nix': Permission denied", 'unreadable'],
  ["creating directory '/home/simon/.cache/nix': Read-only file system", 'unreadable'],
  ["creating directory '/home/simon/.cache/nix': Permission denied", 'unreadable'],
  ['filesystem error: cannot create directories: Read-only file system [/home/simon/.cache/nix]', 'unreadable'],
  [
    'cannot open SQLite database \'"/home/simon/.cache/nix/fetcher-cache-v3.sqlite"\': unable to open database file',
    'unreadable',
  ],
  ["opening file '/home/simon/flake.nix': Too many open files", 'unreadable'],
  ["executing 'git': No such file or directory", 'no-git'],
  ['Nix daemon disconnected unexpectedly (maybe it crashed?)', 'store'],
  ["failed to start SSH connection to 'builder'", 'store'],
  [
    "some substitutes for the outputs of derivation '/nix/store/x.drv' failed (usually happens due to networking issues); try '--fallback' to build derivation from source ",
    'network',
  ],
]
/** What Nix 2.26.3 says of servers that close, reset, keep silent, stop midway, are none, or turn each user away; and of its own limits. */
const DOWNLOAD = "unable to download 'http://127.0.0.1:9200/x.tar.gz': "
const ENDED: readonly (readonly [raw: string, kind: Reason['kind']])[] = [
  ['Server returned nothing (no headers, no data) (52) Empty reply from server', 'network'],
  ['Timeout was reached (28) Operation too slow. Less than 1 bytes/sec transferred the last 2 seconds', 'network'],
  ['Failure when receiving data from the peer (56) Recv failure: Connection reset by peer', 'network'],
  ['Failure when receiving data from the peer (56) Proxy CONNECT aborted', 'network'],
  ['HTTP error 200 (curl error: Transferred a partial file)', 'network'],
  ['HTTP error 200 (curl error: Timeout was reached)', 'network'],
  ['Unsupported protocol (1) Received HTTP/0.9 when not allowed', 'network'],
  ['SSL connect error (35) GnuTLS, handshake failed: An unexpected TLS packet was received.', 'network'],
  ['Problem with the SSL CA cert (path? access rights?) (77) ', 'network'],
  ['Could not resolve proxy name (5) Could not resolve proxy: dead.invalid', 'network'],
  ...['401', '403', '407', '408', '429', '503'].map(
    status => [`HTTP error ${status}\n\n       response body:\n\n       no`, 'network'] as const,
  ),
].map(([raw, kind]) => [`${DOWNLOAD}${raw}`, kind as Reason['kind']] as const)
const LIMITS = [
  'timed out after 1 seconds',
  'timed out after 1 seconds of silence',
  'killed after writing more than 1000 bytes of log output',
].map(
  ended =>
    [
      `building of '/nix/store/jhsmzw0crhfpp9i9yfcfz3cfpmndj7a2-loud.drv^out' from .drv file ${ended}`,
      'build-limit',
    ] as const,
)

test('what the server itself says is not there, and what is no address, is the configuration’s fault', () => {
  for (const raw of [
    'HTTP error 404',
    'HTTP error 410',
    'URL using bad/illegal format or missing URL (3)',
    'Unsupported protocol (1) Protocol "foo" not supported',
  ]) {
    const outcome = { ...silent(''), exitCode: 1, messages: [said(`${DOWNLOAD}${raw}`)] }
    assert.equal(readReason(outcome, new SourceMap({})).fault, 'configuration', raw)
  }
})

test('a package that the look-alike cannot build says nothing of the configuration', () => {
  const line = 'k3s: the offline nixpkgs cannot build it: Debian has neither a package nor the source of it'
  const outcome = { ...recorded('build-failure'), builders: new Map([['web-page', [line]]]) }
  const { kind, fault, hint = '' } = readReason(outcome, new SourceMap({}), true)
  assert.deepEqual([kind, fault], ['offline-limit', 'environment'])
  assert.match(hint, /limit of the offline look-alike.*without --offline/)
})

test('a builder whose download ended midway is not the configuration’s fault, and one that found nothing there is', () => {
  const faultOf = (line: string): string => {
    const outcome = {
      ...recorded('build-failure'),
      builders: new Map([['web-page', [line, 'error: cannot download x from any mirror']]]),
    }
    return readReason(outcome, sources(outcome)).fault
  }
  for (const line of [
    'curl: (28) Operation timed out after 300000 milliseconds',
    'curl: (52) Empty reply from server',
    'curl: (22) The requested URL returned error: 503',
  ])
    assert.equal(faultOf(line), 'environment', line)
  for (const line of ['curl: (22) The requested URL returned error: 404', 'curl: (3) URL rejected'])
    assert.equal(faultOf(line), 'configuration', line)
})

for (const [raw, kind] of [...OWN, ...ENDED, ...LIMITS])
  test(`no fault of the configuration: ${raw}`, () => {
    const reason = readReason({ ...silent(''), exitCode: 1, messages: [said(raw)] }, new SourceMap({}))
    assert.deepEqual([reason.kind, reason.fault], [kind, 'environment'])
    assert.ok(reason.hint)
  })

test('what the configuration warns about is told, and not what Nix says of this computer and its user', () => {
  const texts = [
    'trace: warning: a is old',
    'trace: evaluation warning: b is old',
    'evaluation warning: c is old',
    "warning: you don't have Internet access; disabling some network-dependent features",
    "warning: ignoring the client-specified setting 'x', because it is a restricted setting and you are not a trusted user",
    'trace: word',
  ]
  assert.deepEqual(warnings({ messages: texts.map(said) }), ['a is old', 'b is old', 'c is old'])
})

function said(raw: string): Message {
  return { kind: 'message', level: 0, raw, text: raw, trace: [] }
}
