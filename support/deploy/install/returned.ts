/** Whether the target comes back as what was installed: from another boot, with the key that it had. */
import { sh } from '../../core/command.ts'
import { errorFor, NixcumberError } from '../../core/errors.ts'
import { rows } from '../../core/text/text.ts'
import { systemClock } from '../../core/time/clock.ts'
import { type Duration, seconds } from '../../core/time/duration.ts'
import { claim } from '../../expect/claim.ts'
import { eventually } from '../../expect/eventually.ts'
import type { Expectation, Observation } from '../../expect/expectation.ts'
import { answers, inSections } from '../../probe/sections.ts'
import type { Shell } from '../../shell/shell.ts'

/** Which boot of which system answers. */
export interface Running {
  readonly bootId: string
  /** Store path; empty where there is none, as in a system that is no NixOS. */
  readonly system: string
}

const COMMAND = inSections(sh`cat /proc/sys/kernel/random/boot_id`, sh`readlink -f /run/current-system || true`)
const LOOK = seconds(60)

/** @throws EnvironmentBroken where it gives no answer */
export async function runningNow(shell: Shell, attempt: Duration = LOOK): Promise<Running> {
  const [bootId, system] = answers(await shell.run(COMMAND, { attempt }), 'which system runs', 2)
  return { bootId: bootId?.text.trim() ?? '', system: system?.text.trim() ?? '' }
}

export interface Awaited {
  /** `server at root@192.0.2.4:22`. */
  readonly subject: string
  readonly before: Running
  /** Store path of what was installed. */
  readonly system: string
  readonly within: Duration
  /** Connects anew and looks, all within the bound. @throws NixcumberError */
  look(attempt: Duration): Promise<Running>
  /** What its owner can do when it stays away, a line each. */
  readonly rescue: readonly string[]
}

/**
 * @throws ExpectationNotMet when it comes back as another system, or from no other boot
 * @throws EnvironmentBroken when it gives no answer, or shows another key; in each case with what can be done
 */
export async function untilReturned({ subject, before, system, within, look, rescue }: Awaited): Promise<Running> {
  const observation: Observation<Running> = { subject, look: ({ attempt }) => look(attempt) }
  try {
    return await eventually(observation, returned(before, system), { clock: systemClock, within, attempt: LOOK })
  } catch (error) {
    if (!(error instanceof NixcumberError)) throw error
    const told = `${error.message.trimEnd()}\n${rows({ Rescue: rescue.join('\n') })}`
    throw errorFor(error.exitCode, told.trimEnd(), { cause: error })
  }
}

/** A boot that is another one is judged once: what it runs does not change by waiting. */
export const returned = (before: Running, system: string): Expectation<Running> =>
  claim({
    wanted: `another boot, of ${system}`,
    missed: 'did not come back as what was installed',
    unknown: ({ bootId }) => (/^[0-9a-f-]{36}$/.test(bootId) ? undefined : 'it does not say which boot it is'),
    holds: now => now.bootId !== before.bootId && now.system === system,
    hopeless: now => (now.bootId === before.bootId || now.system === system ? undefined : 'it runs another system'),
    seen: now =>
      `${now.bootId === before.bootId ? 'the boot of before' : 'another boot'}, of ${now.system || 'no NixOS'}`,
  })
