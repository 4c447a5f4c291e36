/**
 * A computer as NixOS has it, in namespaces of the runner: an ordinary user, a read-only store behind a daemon, Nix and Node.js in PATH; no apt,
 * no QEMU, no git, no /bin but sh and no /usr but env, and no network. Its Nix, store and daemon are the toolbox's.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { execa } from 'execa'
import { cacheFolder } from '../../nix/cache-folder.ts'
import { toolboxFolder } from '../../nix/toolbox/toolbox.ts'
import { openToolbox } from '../../nix/tools/find-toolchain.ts'
import { ETC, enter, type Place, USER_ID } from './enter.ts'

export interface Said {
  readonly exitCode: number
  /** Both streams, as a terminal would show them. */
  readonly text: string
}

const TIMEOUT_MS = 8 * 60_000

export class Computer implements AsyncDisposable {
  readonly #place: Place
  readonly #daemon: ChildProcess

  private constructor(place: Place, daemon: ChildProcess) {
    this.#place = place
    this.#daemon = daemon
  }

  static async start(): Promise<Computer> {
    const folder = mkdtempSync(join(tmpdir(), 'computer-'))
    chmodSync(folder, 0o755)
    for (const name of ['daemon', 'home', 'var-tmp', 'etc/nix']) mkdirSync(join(folder, name), { recursive: true })
    for (const name of ['home', 'var-tmp']) ownedByUser(join(folder, name))
    for (const [name, text] of Object.entries(ETC)) writeFileSync(join(folder, 'etc', name), text)
    const toolbox = await openToolbox({ offline: true }, 'the computer has its Nix')
    const { file, args, options } = toolbox.wrap(['nix-daemon'], {
      cwd: '/',
      env: { HOME: '/tmp', NIX_DAEMON_SOCKET_PATH: join(folder, 'daemon/socket') },
      writable: [folder],
    })
    const daemon = spawn(file, args, { ...options, stdio: 'ignore' })
    const cache = cacheFolder()
    openToUser(join(cache, 'nix/var/nixcumber'))
    const place = { folder, toolbox: toolboxFolder(cache), nix: join(cache, 'nix'), repository: resolve('.') }
    return new Computer(place, daemon)
  }

  /** Puts a file into the user's home. */
  write(path: string, text: string): void {
    const file = join(this.#place.folder, 'home', path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
    ownedByUser(dirname(file))
    ownedByUser(file)
  }

  /** Copies a folder of the runner into the user's home, and what its links lead to. */
  copy(from: string, to: string): void {
    const place = join(this.#place.folder, 'home', to)
    cpSync(from, place, { recursive: true, dereference: true })
    for (const name of ['', ...readdirSync(place, { recursive: true, encoding: 'utf8' })])
      ownedByUser(join(place, name))
  }

  has(path: string): boolean {
    return existsSync(join(this.#place.folder, 'home', path))
  }

  /** A file of the user's home. */
  read(path: string): string {
    return readFileSync(join(this.#place.folder, 'home', path), 'utf8')
  }

  /**
   * Runs nixcumber there as its user.
   * @param env beside what NixOS sets
   * @param folder in the home
   */
  async nixcumber(
    words: readonly string[],
    env: Readonly<Record<string, string>> = {},
    folder = 'project',
  ): Promise<Said> {
    const script = 'cd "$1" && shift && exec node /srv/nixcumber/bin/nixcumber.js "$@"'
    return this.run(['sh', '-c', script, 'sh', folder, ...words], env)
  }

  async run(argv: readonly [string, ...string[]], env: Readonly<Record<string, string>> = {}): Promise<Said> {
    const [file, ...args] = enter(this.#place, argv, env)
    const { exitCode, all } = await execa(file, args, {
      ...{ all: true, reject: false, stdin: 'ignore', timeout: TIMEOUT_MS },
      ...{ env: {}, extendEnv: false },
    })
    return { exitCode: exitCode ?? -1, text: all }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const ended = once(this.#daemon, 'exit')
    this.#daemon.kill('SIGKILL')
    await ended
    rmSync(this.#place.folder, { recursive: true, force: true })
  }
}

/** What machines are made of may be read there, as all of a store may; around it the cache stays its owner's. */
function openToUser(bases: string): void {
  for (const name of readdirSync(bases)) chmodSync(join(bases, name), 0o755)
}

function ownedByUser(path: string): void {
  if (process.getuid?.() === 0) chownSync(path, USER_ID, USER_ID)
}
