/** Looks through everything that a run leaves on this computer, but Nix's store. */
import { spawnSync } from 'node:child_process'
import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { EnvironmentBroken, Then } from 'nixcumber'
import { notMet } from './not-met.ts'
import { trialOf } from './trial.ts'

/** State directories of runs, whichever they are of. */
const states = (): string[] =>
  ['/var/tmp', '/dev/shm'].flatMap(root =>
    readdirSync(root)
      .filter(name => name.startsWith('nixcumber-'))
      .map(name => join(root, name)),
  )

/** grep(1); what goes away meanwhile has nothing left. */
function filesWith(text: string, folders: readonly string[]): string[] {
  const { status, stdout, error } = spawnSync('grep', ['-rlasF', '-e', text, ...folders], { encoding: 'utf8' })
  if (error || status === null) throw new EnvironmentBroken(`grep cannot look through ${folders.join(', ')}: ${error}`)
  return stdout.split('\n').filter(Boolean)
}

Then('{string} is in no file that the run has left', function (text: string) {
  const trial = trialOf(this)
  const { cacheDir } = this.context.settings
  trial.write('planted', text)
  const found = filesWith(text, [trial.folder, join(cacheDir, 'machines'), join(cacheDir, 'facts'), ...states()])
  const planted = join(trial.folder, 'planted')
  rmSync(planted)
  // A look that misses that one could not have found another.
  if (found.join() !== planted) throw notMet(`Files with "${text}"`, planted, found.join('\n') || 'none')
})
