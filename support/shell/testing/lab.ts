/** Many live hosts: real sshd's, each in namespaces of its own. They share the runner's programs, not its names, keys or places to write. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface, type Interface } from 'node:readline'
import { systemClock } from '../../core/time/clock.ts'
import { milliseconds } from '../../core/time/duration.ts'
import { newSshKey } from '../../core/values/ssh-key.ts'
import { fingerprintOf } from '../ssh/known-hosts.ts'
import { LAB_FOLDER, markKeeper, sweepLabs } from './lab-sweep.ts'

/**
 * `changed`: what is said of its key is wrong. `slow`: each packet waits. `dash`: its users' shell is sh. The `sudo-…`, `no-sudo`,
 * `dash` and `no-bash` kinds are logged into as deploy, the others as root.
 */
const KINDS = [
  'plain',
  'slow',
  'changed',
  'dash',
  'no-bash',
  'sudo-free',
  'sudo-password',
  'sudo-lecture',
  'sudo-tty',
  'no-sudo',
] as const
export type HostKind = (typeof KINDS)[number]

export interface HostWish {
  readonly name: string
  readonly kind?: HostKind
  /** Reached only from that host; it must be named before. */
  readonly behind?: string
  /** What makes the inside of the host instead of lab.sh. */
  readonly inside?: Inside
  /** Who is logged in as, where the kind does not decide it. */
  readonly user?: string
}

export interface Inside {
  /** Called as `SCRIPT boot PLACE` in the host's network namespace; when it has become the host, it leaves words in PLACE/up.new. */
  readonly script: string
  /** Puts what the script needs into the host's folder of the lab, beside `host_key` and `authorized_keys`. */
  fill(place: string): void
}

export interface LabHost {
  readonly name: string
  readonly kind: HostKind
  readonly address: string
  readonly address6: string
  readonly user: string
  readonly identity: string
  /** Of the key it has; for `changed` the one it is said to have is another. */
  readonly fingerprint: string
  readonly saidFingerprint: string
  /** Public line of the key it is said to have. */
  readonly hostKey: string
  readonly behind?: string
  /** What sudo asks for. */
  readonly password?: string
  /** ssh://… with identity and fingerprint. */
  readonly url: string
}

const SCRIPT = join(import.meta.dirname, 'lab.sh')
const DELAY_MS = 150
const LABS = 250

export class Lab implements AsyncDisposable {
  readonly hosts: readonly LabHost[]
  readonly folder: string
  /** The lab's first process; the lab ends with it. */
  readonly pid: number
  readonly #child: ChildProcess
  readonly #lines: AsyncIterator<string>

  private constructor(hosts: readonly LabHost[], folder: string, child: ChildProcess, lines: Interface) {
    this.hosts = hosts
    this.folder = folder
    this.#child = child
    this.pid = child.pid ?? 0
    this.#lines = lines[Symbol.asyncIterator]()
  }

  /** Root on Linux with sshd and ip. */
  static readonly isPossible =
    process.getuid?.() === 0 && ['/usr/sbin/sshd', '/usr/bin/unshare', '/usr/sbin/ip'].every(existsSync)

  /** @param wishes at most 200; as words: `web1`, `db1:sudo-password`, `inner:plain<jump` (reached from jump only) */
  static async start(wishes: readonly (string | HostWish)[]): Promise<Lab> {
    sweepLabs()
    const folder = await mkdtemp(join(tmpdir(), LAB_FOLDER))
    const child = spawn('unshare', [...NAMESPACES, 'bash', SCRIPT, 'lab', folder], {
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    const lines = createInterface(child.stdout)
    await once(child, 'spawn')
    markKeeper(folder, child.pid)
    const number = await linked(child)
    const hosts = prepare(wishes.map(read), folder, number)
    const lab = new Lab(hosts, folder, child, lines)
    await lab.#tell(`go ${number}`)
    return lab
  }

  /** From now on nothing that this host says arrives, and no process is told: as if a cable were cut. */
  silence(name: string): Promise<void> {
    return this.#tell(`silence ${name}`)
  }

  speak(name: string): Promise<void> {
    return this.#tell(`speak ${name}`)
  }

  /** All its processes end at once. */
  kill(name: string): Promise<void> {
    return this.#tell(`kill ${name}`)
  }

  async #tell(words: string): Promise<void> {
    this.#child.stdin?.write(`${words}\n`)
    const { value, done } = await this.#lines.next()
    if (done || !['up', 'done'].includes(value)) throw new Error(`the lab ended at "${words}": ${value ?? ''}`)
  }

  host(name: string): LabHost {
    const found = this.hosts.find(host => host.name === name)
    if (!found) throw new Error(`the lab has no host "${name}"`)
    return found
  }

  /** What a command says that is run as root on the host, among its own processes and files. */
  run(name: string, ...command: string[]): string {
    const n = this.hosts.indexOf(this.host(name)) + 1
    const enter = `exec nsenter -t "$(pgrep -P "$(cat ${this.folder}/${n}/pid)" | head -n 1)" -a -- "$@"`
    const words = ['-t', this.#first(), '-p', '-m', '--', 'sh', '-c', enter, 'sh', ...command]
    return execFileSync('nsenter', words, { encoding: 'utf8' })
  }

  /** The first process inside the host, as the runner counts. */
  inner(name: string): number {
    const n = this.hosts.indexOf(this.host(name)) + 1
    const among = readFileSync(join(this.folder, String(n), 'pid'), 'utf8').trim()
    const outer = children(this.#first()).find(pid => pidInside(pid) === among)
    return Number(children(outer ?? '0')[0])
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const ended = once(this.#child, 'exit')
    this.#child.stdin?.end()
    await ended
    await rm(this.folder, { recursive: true, force: true })
  }

  /** The lab's first process inside; the one that was started waits for it. */
  #first(): string {
    return children(String(this.pid))[0] ?? ''
  }
}

/** proc_pid_task_children(5) needs a kernel option; pgrep does not. */
const children = (pid: string): string[] => execFileSync('pgrep', ['-P', pid], { encoding: 'utf8' }).trim().split('\n')

/** NSpid in proc_pid_status(5): its id in each namespace of processes, the innermost last. */
const pidInside = (pid: string): string | undefined =>
  /^NSpid:.*?(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]

const NAMESPACES = ['-n', '-p', '-m', '-f', '--kill-child', '--mount-proc']

/** The runner's end of the lab's network, named by the lab's number: two labs cannot have the same. */
async function linked(child: ChildProcess): Promise<number> {
  const namespace = String(child.pid)
  await ownNetwork(namespace)
  for (let tries = 0; tries < LABS; tries += 1) {
    const number = 1 + Math.floor(Math.random() * LABS)
    const link = `nclab${number}`
    try {
      execFileSync('ip', ['link', 'add', link, 'type', 'veth', 'peer', 'name', 'uplink', 'netns', namespace], {
        stdio: 'pipe',
      })
    } catch (error) {
      if (String(error).includes('File exists')) continue
      throw error
    }
    execFileSync('ip', ['addr', 'add', `10.231.${number}.254/24`, 'dev', link])
    execFileSync('ip', ['addr', 'add', `fd6e:6378:${number}::ff/64`, 'dev', link, 'nodad'])
    execFileSync('ip', ['link', 'set', link, 'up'])
    return number
  }
  throw new Error('too many labs at once')
}

/** `unshare` has done its work. */
async function ownNetwork(pid: string): Promise<void> {
  const mine = readlinkSync('/proc/self/ns/net')
  while (readlinkSync(`/proc/${pid}/ns/net`) === mine) await systemClock.wait(milliseconds(10))
}

function read(wish: string | HostWish): HostWish {
  if (typeof wish !== 'string') return wish
  const [, name = '', kind = 'plain', behind] = /^([a-z0-9-]+)(?::([a-z-]+))?(?:<([a-z0-9-]+))?$/.exec(wish) ?? []
  if (!KINDS.includes(kind as HostKind))
    throw new Error(`"${wish}": a host of the lab is NAME, NAME:KIND or NAME:KIND<JUMP; kinds: ${KINDS.join(', ')}`)
  return { name, kind: kind as HostKind, ...(behind === undefined ? {} : { behind }) }
}

function prepare(wishes: readonly HostWish[], folder: string, number: number): LabHost[] {
  const identity = join(folder, 'identity')
  const user = newSshKey()
  writeFileSync(identity, user.private, { mode: 0o600 })
  const names = wishes.map(({ name }) => name)
  return wishes.map((wish, index) =>
    host(wish, String(index + 1), { folder, number, identity, authorized: user.public, names }),
  )
}

interface LabParts {
  readonly folder: string
  readonly number: number
  readonly identity: string
  readonly authorized: string
  readonly names: readonly string[]
}

function host(
  { name, kind = 'plain', behind, inside, user: login = 'root' }: HostWish,
  n: string,
  lab: LabParts,
): LabHost {
  const place = join(lab.folder, n)
  mkdirSync(place)
  const key = newSshKey(name)
  const said = kind === 'changed' ? newSshKey(name) : key
  const user = AS_DEPLOY.includes(kind) ? 'deploy' : login
  const password =
    kind === 'sudo-password' || kind === 'sudo-lecture' ? `pw-${Math.random().toString(36).slice(2)} $'` : undefined
  const jump = behind === undefined ? '' : String(lab.names.indexOf(behind) + 1)
  writeFileSync(
    join(place, 'host'),
    `name=${name}\nkind=${kind}\nbehind=${jump}\ndelay=${DELAY_MS}\ninside=${inside?.script ?? ''}\n`,
  )
  writeFileSync(join(place, 'host_key'), key.private, { mode: 0o600 })
  writeFileSync(join(place, 'authorized_keys'), `${lab.authorized}\n`)
  if (password !== undefined) writeFileSync(join(place, 'password'), password, { mode: 0o600 })
  inside?.fill(place)
  const address = `10.231.${lab.number}.${n}`
  const saidFingerprint = fingerprintOf(blob(said.public))
  return {
    name,
    kind,
    address,
    address6: `fd6e:6378:${lab.number}::${n}`,
    user,
    identity: lab.identity,
    fingerprint: fingerprintOf(blob(key.public)),
    saidFingerprint,
    hostKey: said.public.split(' ').slice(0, 2).join(' '),
    ...(behind === undefined ? {} : { behind }),
    ...(password === undefined ? {} : { password }),
    url: `ssh://${user}@${address}?identity=${lab.identity}&fingerprint=${saidFingerprint}`,
  }
}

const AS_DEPLOY: readonly HostKind[] = KINDS.slice(KINDS.indexOf('dash'))
const blob = (line: string): Buffer => Buffer.from(line.split(' ')[1] ?? '', 'base64')
