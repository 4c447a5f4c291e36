/** `--pause-on-failure`: says what can be done now, and waits for a word on the terminal. */
import { stdin } from 'node:process'
import { createInterface } from 'node:readline'
import { refuse } from '../core/refusal.ts'
import { indent, rows } from '../core/text/text.ts'
import { enterCommand } from '../machine/abilities.ts'
import type { Terminal } from '../report/terminal/terminal.ts'
import type { Pause, Trouble } from '../world/pause/pause.ts'

/** Gives the command that runs this place of a feature again. */
export type Rerun = (uri: string, line: number | undefined) => string

/** @throws UsageError: without a person at the terminal the wait would have no end */
export function refuseWithoutTerminal(): void {
  if (stdin.isTTY) return
  throw refuse({
    what: '--pause-on-failure needs a terminal to wait at',
    got: 'an input that is no terminal',
    next: 'leave it out; --keep leaves the machines running at the end of the run, without a terminal too',
  })
}

export class TerminalPause implements Pause {
  ended = false
  readonly #terminal: Terminal
  readonly #again: Rerun

  constructor(terminal: Terminal, again: Rerun) {
    this.#terminal = terminal
    this.#again = again
  }

  async hold(trouble: Trouble): Promise<void> {
    if (this.ended) return
    using _ = this.#terminal.hold()
    this.#terminal.line(`\n${this.#terminal.style(['bold', 'yellow'], 'PAUSED')}  ${describe(trouble, this.#again)}`)
    const answer = await readLine()
    // The terminal is gone: no answer can come.
    this.ended = answer === undefined || /^\s*q/i.test(answer)
  }
}

function describe({ scenario, location, uri, line, message, machines }: Trouble, again: Rerun): string {
  const consoles = machines.flatMap(({ console }) => (console ? [console.transcriptFile] : []))
  const table = rows({
    'Look inside': machines.flatMap(({ plan }) => enterCommand(plan) ?? []).join('\n'),
    Console: consoles.join('\n'),
    Again: again(uri, line),
    'Go on': 'Enter goes on, q and Enter ends the run',
  })
  return `${scenario}${location === undefined ? '' : `  (${location})`}\n\n${indent(message, 2)}\n${table}`
}

/** Undefined at the end of the input. Not in raw mode: Ctrl-C stays what it is. */
function readLine(): Promise<string | undefined> {
  const lines = createInterface({ input: stdin, terminal: false })
  return new Promise(resolve => {
    lines.once('line', line => {
      resolve(line)
      lines.close()
    })
    lines.once('close', () => resolve(undefined))
  })
}
