/** What a Then step saw last, kept beside it whether it held or not: so that the next run can be compared with this one. */

import { redactor } from '../../core/secrets/redact.ts'
import { type Duration, formatDuration } from '../../core/time/duration.ts'
import type { Expectation, Judgement, Observation } from '../../expect/expectation.ts'
import { OBSERVATION_MEDIA_TYPE, type Observed, shortened } from '../../report/results/observation.ts'
import type { NixWorld } from '../world.ts'

/** Before anything is cut: half a secret would be taken for no secret. */
const redact = redactor(process.env)

/** A note for the run: `within` is kept by when a look begins. */
export const heldLate = (subject: string, within: Duration, by: Duration): string =>
  `${subject}: what held was seen by a look that began within ${formatDuration(within)}, and was answered ${formatDuration(by)} after that`

/** Goes through with a wait, and attaches its last judgement to the present step. */
export async function recordLastObservation<Facts>(
  world: Pick<NixWorld, 'judging' | 'attach'>,
  { subject }: Observation<Facts>,
  wanted: Expectation<Facts>,
  wait: (wanted: Expectation<Facts>) => Promise<Facts>,
): Promise<Facts> {
  if (!world.judging) return wait(wanted)
  let last: Judgement | undefined
  const judge = (facts: Facts): Judgement => {
    last = wanted.judge(facts)
    return last
  }
  try {
    return await wait({ ...wanted, judge })
  } finally {
    if (last) {
      const clean = JSON.parse(redact(JSON.stringify({ subject, wanted: wanted.wanted, seen: last.seen }))) as Observed
      world.attach(JSON.stringify(shortened(clean, last.verdict === 'met')), OBSERVATION_MEDIA_TYPE)
    }
  }
}
