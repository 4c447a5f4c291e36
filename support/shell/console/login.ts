import type { Console } from '../../console/console.ts'
import { readable } from '../../console/readable.ts'
import { ConnectionLost, EnvironmentBroken } from '../../core/errors.ts'
import { rows, tail } from '../../core/text/text.ts'
import type { Clock } from '../../core/time/clock.ts'
import { Deadline } from '../../core/time/deadline.ts'
import { formatDuration, milliseconds, seconds, shorter } from '../../core/time/duration.ts'
import { agentLoad } from '../agent/agent-text.ts'
import { connectionLost } from '../command-errors.ts'

export interface Credentials {
  readonly user: string
  readonly password?: string
}

interface ConsoleLoginParts {
  readonly console: Console
  readonly credentials: Credentials
  readonly clock: Clock
  readonly isOff: () => boolean
}

type Scene = 'login' | 'password' | 'passphrase' | 'prompt' | 'elsewhere'

const CTRL_C = '\u0003'
const CTRL_U = '\u0015'
const QUIET_TIME = milliseconds(400)
const POLL_INTERVAL = milliseconds(50)
/** The kernel speaks in the middle of words; without its lines they are whole again. A line that is not ended yet stays. */
const KERNEL = /\[ *\d+\.\d{6}\] [^\n]*(\n?)/g
const REFUSED =
  /login incorrect|authentication failure|permission denied|account(?:(?!account).)*?(?:locked|expired)|too many|maximum number of tries/i
/** The last word for a key, behind the last request: from each of all others the line would be read anew. */
const KEY_WANTED = /please enter(?:(?!please enter).)*?(?:key|pin)\b(?:(?!(?:key|pin)\b).)*?:$/i

/** Gets from whatever a console shows to a running agent. Assumes nothing of the machine but a getty, or a shell, with bash. */
export class ConsoleLogin {
  readonly #console: Console
  readonly #credentials: Credentials
  readonly #clock: Clock
  readonly #isOff: () => boolean
  #quietBefore = 0

  constructor({ console, credentials, clock, isOff }: ConsoleLoginParts) {
    this.#console = console
    this.#credentials = credentials
    this.#clock = clock
    this.#isOff = isOff
  }

  /** @throws EnvironmentBroken when the login is refused; ConnectionLost when no login appears by the deadline, or the machine is off */
  async enter(deadline: Deadline): Promise<void> {
    let scene = sceneOf(this.#lastWords(4000))
    while (!this.#isOver(deadline)) {
      if (scene === 'login') scene = await this.#logIn(deadline)
      if (scene === 'prompt' && (await this.#startAgent(deadline))) return
      scene = await this.#nudge(scene, deadline)
    }
    if (this.#isOff()) throw connectionLost('the machine is off')
    throw new ConnectionLost(
      `No login appeared on the console within ${formatDuration(deadline.budget)}\n${rows({
        Expected: 'a line that ends with "login:", or the prompt of a shell',
        Observed: tail(this.#lastWords(4000), 10),
        Evidence: this.#console.transcriptFile,
      })}`.trimEnd(),
    )
  }

  /** Presses return, so that a program that listens shows itself; a half-typed line is dropped first. Where a disk waits for its passphrase, nothing is typed. */
  async #nudge(scene: Scene, deadline: Deadline): Promise<Scene> {
    const from = this.#console.position
    if (scene === 'password') await this.#console.send(CTRL_C)
    else if (scene !== 'passphrase')
      await this.#console.send(this.#quietBefore > 1 ? `\n\u0002leave\n\n${CTRL_C}\n` : `${CTRL_U}\n`)
    await this.#quiet(deadline)
    const said = this.#wordsSince(from)
    this.#quietBefore = said.trim() === '' ? this.#quietBefore + 1 : 0
    return scene === 'passphrase' ? sceneOf(this.#lastWords(4000)) : sceneOf(said)
  }

  async #logIn(deadline: Deadline): Promise<Scene> {
    const { user, password } = this.#credentials
    let from = this.#console.position
    await this.#console.send(`${CTRL_U}${user}\n`)
    const first = await this.#scene(deadline, from, ['password', 'prompt', 'login'])
    if (first !== 'password') return this.#judge(first, from)
    if (password === undefined) throw this.#refused('it asks for a password, and none was given')
    from = this.#console.position
    await this.#console.send(`${password}\n`)
    return this.#judge(await this.#scene(deadline, from, ['prompt', 'login', 'password']), from)
  }

  #judge(scene: Scene, from: number): Scene {
    const said = this.#wordsSince(from)
    const [why] = REFUSED.exec(said) ?? []
    if (why !== undefined) throw this.#refused(`"${why}"`)
    return scene
  }

  /** The agent's text follows as soon as the line is raw; what is echoed of this command is not what is waited for. */
  async #startAgent(deadline: Deadline): Promise<boolean> {
    const { loader, text } = agentLoad()
    const from = this.#console.position
    const start = "stty raw -echo opost onlcr tab0 && printf '<%s-go>\\n' nixcumber &&"
    await this.#console.send(`${CTRL_U} ${start} cat | bash -c '${loader}' bash agent tty; stty sane; exit\n`)
    const patience = Deadline.after(shorter(seconds(20), deadline.remaining), this.#clock)
    if (!(await this.#shows('<nixcumber-go>', from, patience))) {
      await this.#console.send(CTRL_C)
      return false
    }
    await this.#console.send(text)
    return true
  }

  async #scene(deadline: Deadline, from: number, wanted: readonly Scene[]): Promise<Scene> {
    for (;;) {
      await this.#quiet(deadline)
      const scene = sceneOf(this.#wordsSince(from))
      if (wanted.includes(scene) || this.#isOver(deadline)) return scene
    }
  }

  /** Waits until nothing more is printed for a moment; a console that never rests is not waited for long. */
  async #quiet(deadline: Deadline): Promise<void> {
    for (let looks = 0; looks < 10 && !deadline.expired; looks++) {
      const before = this.#console.position
      await this.#clock.wait(shorter(QUIET_TIME, deadline.remaining))
      if (this.#console.position === before) return
    }
  }

  async #shows(words: string, from: number, deadline: Deadline): Promise<boolean> {
    while (!this.#wordsSince(from).includes(words)) {
      if (this.#isOver(deadline)) return false
      await this.#clock.wait(POLL_INTERVAL)
    }
    return true
  }

  #isOver(deadline: Deadline): boolean {
    return deadline.expired || this.#isOff()
  }

  #wordsSince(position: number): string {
    return readable(this.#console.since(position)).replace(KERNEL, (line, end: string) => (end === '' ? line : ''))
  }

  #lastWords(count: number): string {
    return this.#wordsSince(Math.max(0, this.#console.position - count))
  }

  #refused(why: string): EnvironmentBroken {
    const { user, password } = this.#credentials
    return new EnvironmentBroken(
      `The console refused the login of ${user}\n${rows({
        Expected: `a shell for ${user} ${password === undefined ? 'without a password' : 'with the given password'}`,
        Got: why,
        Next: 'give user and password: ?user=… in the address, the password in NIXCUMBER_PASSWORD_<NAME>',
        Evidence: this.#console.transcriptFile,
      })}`.trimEnd(),
    )
  }
}

/** What the console waits for, by its last line. Kernel messages behind a prompt hide it; return brings it back. */
export function sceneOf(text: string): Scene {
  const line = text.trimEnd().split('\n').at(-1)?.trimEnd() ?? ''
  if (/\blogin:$/i.test(line)) return 'login'
  if (/passphrase|password for disk/i.test(line) || KEY_WANTED.test(line)) return 'passphrase'
  if (line.endsWith(':') && /passwor[dt]/i.test(line.split(':').at(-2) ?? '')) return 'password'
  if (/[#$%>❯]$/.test(line)) return 'prompt'
  return 'elsewhere'
}
