/** Lines on a terminal with one status line below them; without a terminal, lines only. */
import { stripVTControlCharacters, styleText } from 'node:util'
import type { Progress, ProgressTask } from '../../core/progress.ts'
import { type Clock, systemClock } from '../../core/time/clock.ts'
import { formatDuration, milliseconds } from '../../core/time/duration.ts'

export interface TerminalStream {
  readonly isTTY?: boolean
  readonly columns?: number
  write(text: string): unknown
}

type Style = Parameters<typeof styleText>[0]

export class Terminal implements Progress {
  readonly #stream: TerminalStream
  readonly #clock: Clock
  readonly #tasks: Task[] = []
  #status = ''
  #held = false
  #ticking: AbortController | undefined

  constructor(stream: TerminalStream = process.stdout, clock: Clock = systemClock) {
    this.#stream = stream
    this.#clock = clock
  }

  /** Colour when the stream shows it; FORCE_COLOR and NO_COLOR are honoured. */
  style(style: Style, text: string): string {
    const { FORCE_COLOR, NO_COLOR } = process.env
    const wanted = FORCE_COLOR !== undefined ? FORCE_COLOR !== '0' : this.#stream.isTTY === true && !NO_COLOR
    return wanted ? styleText(style, text, { validateStream: false }) : text
  }

  line(text = ''): void {
    this.#stream.write(`${this.#erase()}${text}\n`)
    this.#draw()
  }

  start(what: string): ProgressTask {
    const task: Task = { what, detail: '', since: this.#clock.now() }
    this.#tasks.push(task)
    if (!this.#stream.isTTY) this.line(this.style('dim', `… ${what}`))
    this.#tick()
    return {
      update: detail => {
        task.detail = detail
        this.#redraw()
      },
      done: outcome => this.#done(task, outcome),
    }
  }

  /** What is going on without being worth a line of its own: shown on a terminal while it lasts. */
  watch(what: string): ProgressTask {
    const task: Task = { what, detail: '', since: this.#clock.now(), quiet: true }
    this.#tasks.push(task)
    this.#tick()
    return {
      update: detail => {
        task.detail = detail
      },
      done: () => this.#done(task),
    }
  }

  note(text: string): void {
    this.line(`${this.style('yellow', '!')} ${text}`)
  }

  /** Nothing moves until the returned thing is disposed of: the user reads, or types. */
  hold(): Disposable {
    this.#stream.write(this.#erase())
    this.#held = true
    return {
      [Symbol.dispose]: () => {
        this.#held = false
        this.#redraw()
      },
    }
  }

  /** Nothing moves any more; the status line is gone. */
  close(): void {
    this.#ticking?.abort()
    this.#tasks.length = 0
    this.#stream.write(this.#erase())
  }

  #done(task: Task, outcome?: string): void {
    const at = this.#tasks.indexOf(task)
    if (at < 0) return
    this.#tasks.splice(at, 1)
    if (this.#tasks.length === 0) this.#ticking?.abort()
    const took = formatDuration(milliseconds(this.#clock.now() - task.since))
    if (task.quiet) this.#redraw()
    else this.line(this.style('dim', `· ${task.what}${outcome ? `: ${outcome}` : ''}  ${took}`))
  }

  async #tick(): Promise<void> {
    if (!this.#stream.isTTY || (this.#ticking && !this.#ticking.signal.aborted)) return this.#redraw()
    this.#ticking = new AbortController()
    const { signal } = this.#ticking
    try {
      for (;;) {
        this.#redraw()
        await this.#clock.wait(milliseconds(250), signal)
      }
    } catch {
      // Aborted: nothing is going on any more.
    }
  }

  #redraw(): void {
    if (this.#stream.isTTY) this.#stream.write(this.#erase())
    this.#draw()
  }

  #erase(): string {
    if (this.#status === '') return ''
    this.#status = ''
    return '\r\u001b[2K'
  }

  #draw(): void {
    const task = this.#tasks.at(-1)
    if (!this.#stream.isTTY || !task || this.#held) return
    const took = formatDuration(milliseconds(Math.floor((this.#clock.now() - task.since) / 1000) * 1000))
    const text = [task.what, task.detail, took === '0 ms' ? '' : took].filter(part => part !== '').join('  ')
    this.#status = cut(
      stripVTControlCharacters(text).replaceAll(/(?<!\s)\s*\n\s*/g, ' '),
      (this.#stream.columns ?? 80) - 3,
    )
    this.#stream.write(this.style('dim', `  ${this.#status}`))
  }
}

interface Task {
  readonly what: string
  readonly since: number
  readonly quiet?: true
  detail: string
}

const cut = (text: string, width: number): string => (text.length <= width ? text : `${text.slice(0, width - 1)}…`)
