import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { Socket } from 'node:net'
import { join } from 'node:path'
import { EnvironmentBroken } from '../../core/errors.ts'
import { isProcessAlive, processIdentity } from '../../core/files/process-identity.ts'
import { IN_MEMORY } from '../room-in-memory.ts'

/**
 * Not XDG_RUNTIME_DIR and not /tmp: both are often held in memory, and disks of machines lie here.
 * Short, because the path of a unix socket has at most 107 bytes (unix(7)).
 */
const ROOT = '/var/tmp'
const ROOTS: readonly string[] = [ROOT, IN_MEMORY]
const PREFIX = 'nixcumber-'
const WATCHDOG = join(import.meta.dirname, 'watchdog.sh')

/** Processes of a machine carry this variable with the path of their state directory: so they are found again. */
export const STATE_VARIABLE = 'NIXCUMBER_STATE'

/** What a machine's program must find in its environment, behind whatever wrapper. */
export const environmentOf = (path: string): Readonly<Record<string, string>> => ({ [STATE_VARIABLE]: path })

/** What must not outlive a run: sockets, disks, temporary files. Guarded by a watchdog process from its first moment. */
export class RuntimeDir implements AsyncDisposable {
  readonly path: string
  readonly #watchdog: ChildProcess
  #machines = 0

  private constructor(path: string, watchdog: ChildProcess) {
    this.path = path
    this.#watchdog = watchdog
  }

  static create(root = ROOT): RuntimeDir {
    const path = makeDirectory(root)
    writeFileSync(join(path, 'owner'), `${processIdentity(process.pid)}\n`)
    return new RuntimeDir(path, startWatchdog(path))
  }

  /** A new folder in it for one machine. */
  forMachine(): string {
    this.#machines += 1
    const folder = join(this.path, `m${this.#machines}`)
    mkdirSync(folder)
    return folder
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await removeFolder(this.path)
    this.#watchdog.stdin?.end()
  }
}

/** What cannot be removed now (a program has made a folder read-only) is the watchdog's, which makes it writable; it is no error of the run. */
export async function removeFolder(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true }).catch(() => {})
}

/** Removes what runners that are gone left behind, processes included. Never touches what a living runner owns. */
export function sweep(...roots: readonly string[]): string[] {
  const stale = leftDirs(...roots)
  for (const path of stale) spawnSync('sh', [WATCHDOG, path], { stdio: 'ignore' })
  return stale
}

/** What `sweep` removes. */
export const leftDirs = (...roots: readonly string[]): string[] =>
  runtimeDirs(...roots).filter(path => !isProcessAlive(ownerOf(path)) && !isBeingMade(path))

/** As mkdtemp(3) makes it. */
const NAME = /^nixcumber-[A-Za-z0-9]{6}$/

/**
 * State directories of this user's runs, living or not. Everyone may write to these folders: a link that another user has laid to a directory of
 * ours is none, and a name that was thought up may be several lines, of which the watchdog would look for each in the environment of processes.
 */
export const runtimeDirs = (...roots: readonly string[]): string[] =>
  (roots.length > 0 ? roots : ROOTS)
    .flatMap(root => namesIn(root).map(name => join(root, name)))
    .filter(path => isOurDirectory(path))

function isOurDirectory(path: string): boolean {
  const found = lstatSync(path, { throwIfNoEntry: false })
  return found?.isDirectory() === true && found.uid === process.getuid?.()
}

function namesIn(root: string): string[] {
  try {
    return readdirSync(root).filter(name => NAME.test(name))
  } catch (error) {
    // Not every computer has memory to keep files in.
    if (root === IN_MEMORY) return []
    throw error
  }
}

function startWatchdog(path: string): ChildProcess {
  // A session of its own: Ctrl-C in the terminal must not reach it. Unreferenced: it must not keep the runner alive.
  const watchdog = spawn('sh', [WATCHDOG, path], { stdio: ['pipe', 'ignore', 'ignore'], detached: true, cwd: '/' })
  watchdog.stdin.on('error', () => {})
  watchdog.on('error', () => {})
  watchdog.unref()
  // Node types it as a plain stream, but it is a socket.
  if (watchdog.stdin instanceof Socket) watchdog.stdin.unref()
  return watchdog
}

function makeDirectory(root: string): string {
  try {
    return mkdtempSync(join(root, PREFIX))
  } catch (cause) {
    throw new EnvironmentBroken(`No folder for machines can be made in ${root}: ${String(cause)}`, { cause })
  }
}

/** Another runner makes its folder right now and has not written the owner yet. */
const isBeingMade = (path: string): boolean =>
  ownerOf(path) === '' && Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0) < 60_000

/** The mark of the runner that owns a state directory; empty when there is none. */
export function ownerOf(path: string): string {
  try {
    return readFileSync(join(path, 'owner'), 'utf8')
  } catch {
    return ''
  }
}
