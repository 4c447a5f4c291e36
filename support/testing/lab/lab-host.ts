/** A host with a systemd of its own in namespaces of the runner: boots in about a second, is broken on purpose, and is gone with the test. */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { execa } from 'execa'
import { seconds } from '../../core/time/duration.ts'
import type { Lab, LabHost as SshHost } from '../../shell/testing/lab.ts'
import { fillUp } from './full.ts'

/** The same as in boot.sh: what is run inside from outside must not reach the runner's clock or modules either. */
const FORBIDDEN = '-sys_time,-sys_module,-sys_rawio,-syslog,-mknod'
const COMMAND_TIMEOUT = seconds(20)
const OUTPUT_LIMIT = 16 * 1024 * 1024

export interface Said {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

export class LabHost implements AsyncDisposable {
  readonly name: string
  /** For `--machine NAME=URL` and the configuration: ssh://…, with key and fingerprint. */
  readonly url: string
  /** Address, user, key and fingerprint apart. */
  readonly ssh: SshHost
  /** The lab's folder on the runner. */
  readonly folder: string
  /** systemd's process id, as the runner counts. */
  readonly pid: number
  /** From the call to a settled boot. */
  readonly bootMs: number
  readonly #lab: Lab

  constructor(lab: Lab, ssh: SshHost, pid: number, bootMs: number) {
    this.name = ssh.name
    this.url = ssh.url
    this.ssh = ssh
    this.folder = lab.folder
    this.pid = pid
    this.bootMs = bootMs
    this.#lab = lab
  }

  /** A witness that shares nothing with nixcumber: the program is run as root inside, with its programs. It ends after 20 seconds. */
  async run(...argv: readonly string[]): Promise<Said> {
    const { exitCode, stdout, stderr } = await execa('setpriv', this.#inside(argv), {
      reject: false,
      timeout: COMMAND_TIMEOUT.ms,
      maxBuffer: OUTPUT_LIMIT,
      stripFinalNewline: false,
      stdin: 'ignore',
      env: { PATH: PATH_INSIDE },
      extendEnv: false,
    })
    return { exitCode: exitCode ?? -1, stdout, stderr }
  }

  /** The same, for what prepares a test: another exit code than 0 is an error. */
  async must(...argv: readonly string[]): Promise<string> {
    const { exitCode, stdout, stderr } = await this.run(...argv)
    if (exitCode !== 0) throw new Error(`${argv.join(' ')} on ${this.name}: exit code ${exitCode}\n${stderr}`)
    return stdout
  }

  /** Where the runner finds a file of the host: the witness that needs no program of the host's. */
  path(inside: string): string {
    return `/proc/${this.pid}/root${inside}`
  }

  read(file: string): string {
    return readFileSync(this.path(file), 'utf8')
  }

  /** Takes programs away, as if they had never been installed. */
  remove(...tools: readonly string[]): void {
    for (const tool of tools) for (const folder of FOLDERS) rmSync(this.path(`${folder}/${tool}`), { force: true })
  }

  /** Puts a text in the place of a program: a hostile one, or one of another version. */
  replace(tool: string, text: string): void {
    const folder = FOLDERS.find(each => existsSync(this.path(`${each}/${tool}`))) ?? '/usr/bin'
    // not through a link: others lead to the same program
    rmSync(this.path(`${folder}/${tool}`), { force: true })
    writeFileSync(this.path(`${folder}/${tool}`), text, { mode: 0o755 })
  }

  /** Leaves no byte on the memory disk that holds the folder; returns what gives the room back. */
  fill(folder: string): () => void {
    return fillUp(this.path(join(folder, '.full')))
  }

  /** From now on nothing that it says arrives, and nothing tells so: as if a cable were cut. */
  cut(): Promise<void> {
    return this.#lab.silence(this.name)
  }

  connect(): Promise<void> {
    return this.#lab.speak(this.name)
  }

  /** sshd and all its connections are killed. They are not started again. */
  async killSshd(): Promise<void> {
    await this.must('systemctl', 'kill', '--kill-whom=all', '--signal=KILL', 'sshd.service')
  }

  /** As a power cut: every process ends at once. */
  kill(): Promise<void> {
    return this.#lab.kill(this.name)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#lab[Symbol.asyncDispose]()
  }

  #inside(argv: readonly string[]): string[] {
    return [`--bounding-set=${FORBIDDEN}`, 'nsenter', '-t', String(this.pid), '-a', '--', ...argv]
  }
}

const FOLDERS = ['/usr/bin', '/usr/sbin']
const PATH_INSIDE = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin'
