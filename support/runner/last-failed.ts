/** `--last-failed`: what did not hold when it was last run, whichever run that was; what ran since and held is out of it. */

import { recallLastRun } from '../config/run-settings.ts'
import { refuse } from '../core/refusal.ts'

/** Keys of scenarios. @throws UsageError when nothing was ever run: then nothing is known to have held either */
export function lastFailed(projectDir: string): string[] {
  const history = recallLastRun(projectDir)
  if (!history)
    throw refuse({
      what: 'No run of this project is recorded',
      expected: 'a run before --last-failed, of which something is left to be done',
      next: 'nixcumber run',
    })
  return Object.entries(history)
    .filter(([, { held }]) => !held)
    .map(([key]) => key)
}
