/** `--last-failed`: what did not hold when it was last run, whichever run that was; what ran since and held is out of it. */

import { EnvironmentBroken } from '../core/errors.ts'
import { refuse } from '../core/refusal.ts'
import { rows } from '../core/text/text.ts'
import { isLastRunDamaged, recallLastRun } from '../record/project-folder.ts'

/** Keys of scenarios. @throws UsageError when nothing was ever run: then nothing is known to have held either; EnvironmentBroken for a damaged history */
export function lastFailed(projectDir: string): string[] {
  if (isLastRunDamaged(projectDir)) throw damaged()
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

const damaged = (): EnvironmentBroken =>
  new EnvironmentBroken(
    `.nixcumber/history.json is damaged: what did not hold is not known\n${rows({ Next: 'nixcumber run: a run of everything writes it anew' })}`.trimEnd(),
  )
