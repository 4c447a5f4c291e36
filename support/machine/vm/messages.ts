import type { Console } from '../../console/console.ts'
import { readable } from '../../console/readable.ts'
import { ConfigurationBroken, EnvironmentBroken, ExpectationNotMet } from '../../core/errors.ts'
import { around, rows, tail } from '../../core/text/text.ts'
import { type Duration, formatDuration } from '../../core/time/duration.ts'
import { answerIt, waitingPrompt } from '../console/waiting-prompt.ts'
import type { PromptAnswer } from '../prompt-answer.ts'
import type { QemuEnd } from '../qemu/process.ts'
import type { BootTrouble } from './boot-trouble.ts'

/** What there is to show when a machine does not do what it should. */
export interface Scene {
  readonly name: string
  readonly console: Console
  /** Where in the transcript the present boot begins. */
  readonly from: number
  /** What is typed when it asks. */
  readonly answers: readonly PromptAnswer[]
}

const CONSOLE_LINES = 15

/** The machine says itself that it is broken. */
export const brokenBoot = (scene: Scene, { what, line, next, asks }: BootTrouble): ConfigurationBroken =>
  new ConfigurationBroken(
    `Machine "${scene.name}" did not boot: it ${what}${details(
      scene,
      {
        Expected: 'a system that has started',
        Observed: line,
        Failed: failedUnits(readable(scene.console.since(scene.from))),
        Next: asks === undefined ? next : answerIt(asks, scene.answers),
      },
      line,
    )}`,
  )

const FAILED_UNITS = 5

/** What systemd says of it on the console (src/core/job.c): each unit once, the first ones first, for the later ones follow from them. */
function failedUnits(printed: string): string {
  const told = [...printed.matchAll(/^\[(?:FAILED|DEPEND)\] (.+)$/gm)].map(([, said = '']) => said.trim())
  const units = [...new Set(told)]
  const more = units.length > FAILED_UNITS ? [`and ${units.length - FAILED_UNITS} more`] : []
  return [...units.slice(0, FAILED_UNITS), ...more].join('\n')
}

export function neverReady(scene: Scene, waited: Duration, obstacles: string | undefined): ConfigurationBroken {
  const asked = waitingPrompt(readable(scene.console.since(scene.from)))
  const why = asked === undefined ? '' : `: its console asks: ${asked}`
  return new ConfigurationBroken(
    `Machine "${scene.name}" was not ready within ${formatDuration(waited)}${why}${details(scene, {
      Expected: 'its own word that systemd has finished starting, or its login',
      Observed: obstacles ?? (asked === undefined ? 'no word from it at all' : 'a question that was not answered'),
      Next: asked === undefined ? 'look in the console for what hangs' : answerIt(asked, scene.answers),
    })}`,
  )
}

export const switchedOff = (scene: Scene): ConfigurationBroken =>
  new ConfigurationBroken(
    `Machine "${scene.name}" did not boot: it switched itself off${details(scene, { Expected: 'a system that has started' })}`,
  )

/** QEMU's own failure says nothing about the configuration. */
export class QemuLost extends EnvironmentBroken {}

export const qemuDied = (scene: Scene, end: QemuEnd, said: string): QemuLost =>
  new QemuLost(
    `QEMU of machine "${scene.name}" was lost while it booted: ${end.how}${details(scene, { Said: tail(said, 5) })}`,
  )

export const stayedUp = (scene: Scene, waited: Duration): ExpectationNotMet =>
  new ExpectationNotMet(
    `Machine "${scene.name}" did not go down within ${formatDuration(waited)}${details(scene, {
      Expected: 'a system that stops when told',
      Next: 'see in the console which unit keeps it: "A stop job is running for …"',
    })}`,
  )

export const notObeyed = (scene: Scene, order: string, said: string): ExpectationNotMet =>
  new ExpectationNotMet(`Machine "${scene.name}" refused to ${order}${details(scene, { Observed: tail(said, 5) })}`)

/** With a line that tells what is wrong: what was printed around it, for a panic's registers would push its reason out. */
function details({ console, from }: Scene, labelled: Readonly<Record<string, string | undefined>>, line = ''): string {
  const printed = readable(console.since(from))
  return `\n${rows({
    ...labelled,
    Console:
      (line === '' ? tail(printed, CONSOLE_LINES) : around(printed, line, CONSOLE_LINES)) || 'nothing was printed',
    Evidence: `console: ${console.transcriptFile}`,
  })}`.trimEnd()
}
