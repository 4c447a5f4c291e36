import { readable } from '../../console/readable.ts'
import { type Clock, systemClock } from '../../core/clock.ts'
import type { Deadline } from '../../core/deadline.ts'
import { milliseconds, seconds } from '../../core/duration.ts'
import { within } from '../../core/with-timeout.ts'
import type { ConsoleLine } from '../console/serial-line.ts'
import { waitingPrompt } from '../console/waiting-prompt.ts'
import type { QemuEnd, QemuProcess } from '../qemu/process.ts'
import { type BootTrouble, findBootTrouble } from './boot-trouble.ts'

/** How a wait for a machine came out: what was waited for, or what makes waiting senseless. */
export type BootOutcome =
  | { readonly is: 'ready'; readonly bootId: string }
  | { readonly is: 'trouble'; readonly trouble: BootTrouble }
  | { readonly is: 'ended'; readonly end: QemuEnd }
  | { readonly is: 'late' }

/** Enough to find a line that came in pieces; the whole text is the transcript's business. */
const WINDOW = 8192
const AFTERMATH = milliseconds(300)

export interface BootScene {
  readonly qemu: QemuProcess
  readonly line: ConsoleLine
  readonly deadline: Deadline
}

/** Waits for the machine's word (its boot id), and at the same time for everything that ends all hope for it. */
export async function watchBoot(
  ready: (signal: AbortSignal) => Promise<string>,
  { qemu, line, deadline }: BootScene,
): Promise<BootOutcome> {
  const late = new Error('late')
  const trouble = troubleOn(line)
  const over = new AbortController()
  try {
    const outcomes: Promise<BootOutcome>[] = [
      ready(over.signal).then(bootId => ({ is: 'ready', bootId })),
      trouble.found.then(async found => {
        // The rest of the line, and what follows it, is still on its way.
        await systemClock.wait(AFTERMATH)
        return { is: 'trouble', trouble: trouble.inFull() ?? found }
      }),
      qemu.ended.then(end => ({ is: 'ended', end })),
      unanswered(line, over.signal).then(trouble => ({ is: 'trouble', trouble })),
    ]
    return await within(Promise.race(outcomes), deadline.remaining, () => late)
  } catch (error) {
    // A QEMU that dies takes the connection along: what the entrance says of that is not the news.
    if (qemu.end) return { is: 'ended', end: qemu.end }
    if (error === late || deadline.expired) return { is: 'late' }
    throw error
  } finally {
    over.abort()
    trouble.stop()
  }
}

/** Whoever is to answer by itself (a TPM, a key server, an answer of the feature) has done so long before. */
const PATIENCE = seconds(90)
const BETWEEN_LOOKS = seconds(1)

/** Resolves when the machine has asked for something and then nothing was printed for a long time. */
export async function unanswered(
  line: Pick<ConsoleLine, 'listen'>,
  signal: AbortSignal,
  clock: Clock = systemClock,
): Promise<BootTrouble> {
  let recent = ''
  let since = clock.now()
  const stop = line.listen(text => {
    recent = (recent + text).slice(-WINDOW)
    since = clock.now()
  })
  try {
    for (;;) {
      await clock.wait(BETWEEN_LOOKS, signal)
      const asked = clock.now() - since < PATIENCE.ms ? undefined : waitingPrompt(readable(recent))
      if (asked !== undefined) return { what: `waits for an answer at its console: ${asked}`, line: asked, asks: asked }
    }
  } finally {
    stop()
  }
}

interface TroubleWatch {
  readonly found: Promise<BootTrouble>
  /** As the console tells it by now. */
  inFull(): BootTrouble | undefined
  stop(): void
}

function troubleOn(line: ConsoleLine): TroubleWatch {
  let stop = (): void => {}
  let recent = ''
  const found = new Promise<BootTrouble>(resolve => {
    stop = line.listen(text => {
      recent = (recent + text).slice(-WINDOW)
      const trouble = findBootTrouble(recent)
      if (trouble) resolve(trouble)
    })
  })
  return { found, inFull: () => findBootTrouble(recent), stop: () => stop() }
}
