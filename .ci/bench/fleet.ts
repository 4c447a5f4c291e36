/** Many live hosts: the same checks by nixcumber and by pytest-testinfra, each as its users would run it, against real sshd's. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { execa, execaSync } from 'execa'
import { plural } from '../../support/core/text/text.ts'
import { formatDuration, milliseconds } from '../../support/core/time/duration.ts'
import { PrivateSshd } from '../../support/shell/ssh/private-sshd.ts'
import { CHECKS, feature, tests } from './fleet-checks.ts'
import { Meter } from './fleet-meter.ts'
import { type Part, ratio, s, time } from './measure.ts'

const BIN = resolve('bin/nixcumber.js')
const HOSTS = Number(process.env.NIXCUMBER_BENCH_HOSTS ?? 50)
const PYTHON = '/usr/bin/python3'

export const fleet: Part = async say => {
  if (!PrivateSshd.isInstalled) return say('many hosts', 'not measured', 'there is no sshd')
  const peer = providePeer()
  const folder = mkdtempSync(join(tmpdir(), 'nixcumber-bench-'))
  const hosts: PrivateSshd[] = []
  for (let i = 0; i < HOSTS; i++) hosts.push(await PrivateSshd.start(['SetEnv SHLVL=2', 'MaxStartups 100']))
  try {
    const what = `${HOSTS} hosts, ${CHECKS.length} checks each`
    await compare({ folder, hosts, what, peer, say })
    const far: Meter[] = []
    for (const { port } of hosts) far.push(await Meter.before(port, AWAY))
    const behind = hosts.map((host, at) => ({ ...pick(host), port: far[at]?.port ?? 0 }))
    await compare({ folder, hosts: behind, what: `${what}, ${formatDuration(AWAY)} away`, peer, say })
    for (const meter of far) await meter[Symbol.asyncDispose]()
    await traffic(folder, hosts, say, peer)
  } finally {
    for (const host of hosts) await host[Symbol.asyncDispose]()
    rmSync(folder, { recursive: true })
  }
}

/** One way: as far as Helsinki is from Nuremberg. */
const AWAY = milliseconds(12)

interface Compared {
  readonly folder: string
  readonly hosts: readonly Host[]
  readonly what: string
  readonly peer: readonly string[]
  readonly say: Parameters<Part>[0]
}

/** The computing of the hosts is not counted, though here all of them share the runner's cores. */
async function compare({ folder, hosts, what, peer, say }: Compared): Promise<void> {
  write(folder, hosts)
  const ours = await measured(() => nixcumber(folder))
  say(what, s(ours.took), `${told(ours)}, ${peak(folder)} MiB at its peak`)
  if (!peer.includes('testinfra')) return
  for (const [how, words] of peer.includes('xdist') ? RUNS : RUNS.slice(0, 1)) {
    const theirs = await measured(() => pytest(folder, hosts, words))
    say(`pytest-testinfra ${how}`, s(theirs.took), `${told(theirs)}; nixcumber ${ratio(ours.took, theirs.took)}`)
  }
}

interface Cost {
  readonly took: number
  readonly computing: number
}

const told = ({ computing }: Cost): string => `${s(computing)} of computing on the runner`

/** The work says how long it computed, in seconds. */
async function measured(work: () => Promise<number>): Promise<Cost> {
  let computing = 0
  const took = await time(async () => {
    computing = (await work()) * 1000
  })
  return { took, computing }
}

/** bash tells what a command and all that it waited for have computed; gives it beside the exit code. */
async function timed(
  cwd: string,
  words: readonly string[],
): Promise<{ exitCode: number; stdout: string; computing: number }> {
  const script = `TIMEFORMAT='%U %S'; time "$@" 2>/dev/null`
  const { exitCode = 1, stdout, stderr } = await execa('bash', ['-c', script, 'bash', ...words], { cwd, reject: false })
  const computing = stderr
    .trim()
    .split(/\s+/)
    .slice(-2)
    .reduce((sum, part) => sum + Number(part), 0)
  return { exitCode, stdout, computing }
}

const RUNS: readonly (readonly [string, readonly string[]])[] = [
  ['one by one', []],
  ['-n auto', ['-n', 'auto']],
  ['-n 20', ['-n', '20']],
]

/** What passes the network for one host, seen from outside: bytes, and how often one end had to wait for an answer. */
async function traffic(
  folder: string,
  [host]: readonly PrivateSshd[],
  say: Parameters<Part>[0],
  peer: string[],
): Promise<void> {
  if (!host) return
  await using meter = await Meter.before(host.port)
  const behind = { ...pick(host), port: meter.port }
  const seen = (): string => {
    const { connections, bytes, turns } = meter.take()
    return `${(bytes / 1024).toFixed(0)} KiB, ${plural(connections, 'connection')}, ${(turns / CHECKS.length).toFixed(1)} round trips a check`
  }
  write(folder, [behind])
  await nixcumber(folder)
  say('one host, all checks: the network sees', '', seen())
  if (!peer.includes('testinfra')) return
  await pytest(folder, [behind], [])
  say('the same by pytest-testinfra', '', seen())
}

type Host = Pick<PrivateSshd, 'port' | 'identity' | 'fingerprint' | 'hostKey' | 'folder'>
const pick = ({ port, identity, fingerprint, hostKey, folder }: PrivateSshd): Host => ({
  port,
  identity,
  fingerprint,
  hostKey,
  folder,
})

const nameOf = (at: number): string => `web${at + 1}`

function write(folder: string, hosts: readonly Host[]): void {
  rmSync(join(folder, 'features'), { recursive: true, force: true })
  mkdirSync(join(folder, 'features'), { recursive: true })
  const machines = Object.fromEntries(
    hosts.map(({ port, identity, fingerprint }, at) => [
      nameOf(at),
      `ssh://root@127.0.0.1:${port}?identity=${identity}&fingerprint=${fingerprint}`,
    ]),
  )
  writeFileSync(join(folder, 'nixcumber.config.json'), JSON.stringify({ machines }))
  for (const name of Object.keys(machines)) writeFileSync(join(folder, `features/${name}.feature`), feature(name))
  writeFileSync(join(folder, 'test_hosts.py'), tests())
  const known = hosts.map(({ port, hostKey }) => `[127.0.0.1]:${port} ssh-ed25519 ${hostKey.toString('base64')}`)
  writeFileSync(join(folder, 'known_hosts'), `${known.join('\n')}\n`)
  const config = hosts.map(
    ({ port, identity }, at) =>
      `Host ${nameOf(at)}\n  HostName 127.0.0.1\n  Port ${port}\n  User root\n  IdentityFile ${identity}\n  IdentitiesOnly yes\n  UserKnownHostsFile ${join(folder, 'known_hosts')}\n`,
  )
  writeFileSync(join(folder, 'ssh_config'), config.join('\n'))
}

async function nixcumber(cwd: string): Promise<number> {
  const { computing } = await timed(cwd, ['node', BIN, 'run', '--out', 'out'])
  const { verdict } = JSON.parse(readFileSync(join(cwd, 'out/run.json'), 'utf8')) as { verdict?: string }
  if (!verdict?.startsWith('GO')) throw new Error(`Not what was to be measured: ${verdict}`)
  return computing
}

const peak = (cwd: string): number =>
  (JSON.parse(readFileSync(join(cwd, 'out/run.json'), 'utf8')) as { peakMemoryMiB: number }).peakMemoryMiB

/** Its ssh backend asks for ControlPersist by itself, but names no socket, without which ssh shares nothing: here it has one, new in each run. */
async function pytest(cwd: string, hosts: readonly unknown[], words: readonly string[]): Promise<number> {
  const names = hosts.map((_, at) => `ssh://${nameOf(at)}`).join(',')
  const sockets = mkdtempSync('/tmp/nc-')
  const config = join(sockets, 'ssh_config')
  writeFileSync(config, `${readFileSync(join(cwd, 'ssh_config'), 'utf8')}\nHost *\n  ControlPath ${sockets}/%C\n`)
  const call = [
    '-m',
    'pytest',
    '-q',
    '-p',
    'no:cacheprovider',
    '--hosts',
    names,
    '--ssh-config',
    config,
    ...words,
    'test_hosts.py',
  ]
  const { stdout, exitCode, computing } = await timed(cwd, [PYTHON, ...call])
  // The masters of these sockets end by themselves: they cannot be found any more.
  rmSync(sockets, { recursive: true })
  if (exitCode !== 0) throw new Error(`pytest did not pass:\n${stdout.slice(-2000)}`)
  return computing
}

/** Installed where that is possible; what there is of it. */
function providePeer(): string[] {
  const has = (module: string): boolean =>
    existsSync(PYTHON) && execaSync(PYTHON, ['-c', `import ${module}`], { reject: false }).exitCode === 0
  if (!has('testinfra'))
    execaSync(
      'apt-get',
      ['install', '-y', '-qq', '--no-install-recommends', 'python3-testinfra', 'python3-pytest-xdist'],
      {
        env: { DEBIAN_FRONTEND: 'noninteractive' },
        reject: false,
      },
    )
  return ['testinfra', 'xdist'].filter(has)
}
