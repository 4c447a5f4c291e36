import { readable } from '../../console/readable.ts'
import { type Clock, systemClock } from '../../core/time/clock.ts'
import type { Deadline } from '../../core/time/deadline.ts'
import { milliseconds, seconds } from '../../core/time/duration.ts'
import { withTimeout } from '../../core/time/with-timeout.ts'
import type { SerialLine } from '../console/serial-line.ts'
import { waitingPrompt } from '../console/waiting-prompt.ts'
import type { EarlyConsole } from '../qemu/early-console.ts'
import type { QemuEnd, QemuProcess } from '../qemu/process.ts'
import { restartsForever } from './boot-loop.ts'
import { type BootTrouble, findBootTrouble } from './boot-trouble.ts'

/** How a wait for a machine came out: what was waited for, or what makes waiting senseless. */
export type BootOutcome =
  | { readonly is: 'ready'; readonly bootId: string }
  | { readonly is: 'trouble'; readonly trouble: BootTrouble }
  | { readonly is: 'ended'; readonly end: QemuEnd }
  | { readonly is: 'late' }

/** Enough to find a line that came in pieces; the whole text is the transcript's business. */
const CONSOLE_WINDOW_CHARS = 8192
const PANIC_TAIL_TIME = milliseconds(300)

export interface BootScene {
  readonly qemu: QemuProcess
  readonly line: SerialLine
  readonly early: EarlyConsole
  readonly deadline: Deadline
}

/** Waits for the machine's word (its boot id), and at the same time for everything that ends all hope for it. */
export async function watchBoot(
  ready: (signal: AbortSignal) => Promise<string>,
  { qemu, line, early, deadline }: BootScene,
): Promise<BootOutcome> {
  const late = new Error('late')
  const troubles = [troubleOn(line), troubleOn(early)]
  const over = new AbortController()
  try {
    const outcomes: Promise<BootOutcome>[] = [
      ready(over.signal).then(bootId => ({ is: 'ready', bootId })),
      ...troubles.map(async ({ found, inFull }): Promise<BootOutcome> => {
        const first = await found
        // The rest of the line, and what follows it, is still on its way.
        await systemClock.wait(PANIC_TAIL_TIME)
        return { is: 'trouble', trouble: inFull() ?? first }
      }),
      qemu.ended.then(end => ({ is: 'ended', end })),
      ...[unanswered(line, over.signal), restartsForever(line, over.signal)].map(
        async (found): Promise<BootOutcome> => ({ is: 'trouble', trouble: await found }),
      ),
    ]
    return await withTimeout(Promise.race(outcomes), deadline.remaining, () => late)
  } catch (error) {
    // A QEMU that dies takes the connection along: what the access says of that is not the news.
    if (qemu.end) return { is: 'ended', end: qemu.end }
    if (error === late || deadline.expired) return { is: 'late' }
    throw error
  } finally {
    over.abort()
    for (const { stop } of troubles) stop()
  }
}

/** What answers by itself (a TPM, a key server, an answer of the feature) has done so long before. */
const ACCESS_TIMEOUT = seconds(90)
const POLL_INTERVAL = seconds(1)

/** Resolves when the machine has asked for something and then nothing was printed for a long time. */
export async function unanswered(
  line: Pick<SerialLine, 'listen'>,
  signal: AbortSignal,
  clock: Clock = systemClock,
): Promise<BootTrouble> {
  let recent = ''
  let since = clock.now()
  const stop = line.listen(text => {
    recent = (recent + text).slice(-CONSOLE_WINDOW_CHARS)
    since = clock.now()
  })
  try {
    for (;;) {
      await clock.wait(POLL_INTERVAL, signal)
      const asked = clock.now() - since < ACCESS_TIMEOUT.ms ? undefined : waitingPrompt(readable(recent))
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

function troubleOn(line: Pick<SerialLine, 'listen'>): TroubleWatch {
  let stop = (): void => {}
  let recent = ''
  const found = new Promise<BootTrouble>(resolve => {
    stop = line.listen(text => {
      recent = (recent + text).slice(-CONSOLE_WINDOW_CHARS)
      const trouble = findBootTrouble(recent)
      if (trouble) resolve(trouble)
    })
  })
  return { found, inFull: () => findBootTrouble(recent), stop: () => stop() }
}
