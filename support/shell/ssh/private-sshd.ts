import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { newSshKey } from '../../core/values/ssh-key.ts'
import { fingerprintOf } from './known-hosts.ts'

export const SSHD = '/usr/sbin/sshd'

/** A real sshd on loopback with keys, users' keys and settings of its own: for tests and measures. */
export class PrivateSshd implements AsyncDisposable {
  readonly folder: string
  readonly port: number
  readonly identity: string
  #server: ChildProcess | undefined

  private constructor(folder: string, port: number) {
    this.folder = folder
    this.port = port
    this.identity = join(folder, 'identity')
  }

  static readonly isInstalled = existsSync(SSHD)

  static async start(settings: readonly string[] = []): Promise<PrivateSshd> {
    const folder = await mkdtemp(join(tmpdir(), 'nixcumber-sshd-'))
    const sshd = new PrivateSshd(folder, await freePort())
    const user = sshd.newKey('identity')
    writeFileSync(join(folder, 'authorized_keys'), `${user}\n`)
    sshd.newKey('host')
    writeFileSync(join(folder, 'config'), sshd.#config(settings))
    mkdirSync('/run/sshd', { recursive: true })
    await sshd.up()
    return sshd
  }

  get user(): string {
    return userInfo().username
  }

  get fingerprint(): string {
    return fingerprintOf(this.hostKey)
  }

  get hostKey(): Buffer {
    const [, key = ''] = readFileSync(join(this.folder, 'host.pub'), 'utf8').split(' ')
    return Buffer.from(key, 'base64')
  }

  /** Makes a key pair in the folder, over an older one of that name; returns the public line. */
  newKey(name: string): string {
    const { private: secret, public: open } = newSshKey()
    writeFileSync(join(this.folder, name), secret, { mode: 0o600 })
    writeFileSync(join(this.folder, `${name}.pub`), open)
    return open
  }

  async up(): Promise<void> {
    this.#server = spawn(SSHD, ['-D', '-e', '-f', join(this.folder, 'config')], { stdio: ['ignore', 'ignore', 'pipe'] })
    const { stderr } = this.#server
    await new Promise<void>(resolve => stderr?.on('data', text => String(text).includes('listening') && resolve()))
  }

  /** Stops listening and ends the sessions, as a machine that goes down does. */
  down(): void {
    const sessions = this.#sessions()
    this.#server?.kill('SIGKILL')
    this.endSessions(sessions)
    this.#server = undefined
  }

  endSessions(pids: readonly number[] = this.#sessions()): void {
    for (const pid of pids)
      try {
        process.kill(pid, 'SIGKILL')
      } catch {
        // it has ended by itself
      }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server?.kill('SIGTERM')
    await rm(this.folder, { recursive: true, force: true })
  }

  #sessions(): number[] {
    try {
      const text = execFileSync('ps', ['-o', 'pid=', '--ppid', String(this.#server?.pid)], { encoding: 'utf8' })
      return text.trim().split(/\s+/).filter(Boolean).map(Number)
    } catch {
      return []
    }
  }

  #config(settings: readonly string[]): string {
    return [
      ...settings,
      `Port ${this.port}`,
      'ListenAddress 127.0.0.1',
      `HostKey ${join(this.folder, 'host')}`,
      `AuthorizedKeysFile ${join(this.folder, 'authorized_keys')}`,
      `PidFile ${join(this.folder, 'pid')}`,
      'PasswordAuthentication no',
      'KbdInteractiveAuthentication no',
      'PermitRootLogin yes',
      'StrictModes no',
      'UsePAM no',
      'LogLevel INFO',
    ].join('\n')
  }
}

export function freePort(): Promise<number> {
  return new Promise(resolve => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}
