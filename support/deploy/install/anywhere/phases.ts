/** nixos-anywhere at work: some of its phases, bounded in time, with all that it says written down. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { deferred } from '../../../core/deferred.ts'
import { EnvironmentBroken } from '../../../core/errors.ts'
import type { ProgressTask } from '../../../core/progress.ts'
import { rows, tail } from '../../../core/text/text.ts'
import { type Duration, formatDuration } from '../../../core/time/duration.ts'
import { withTimeout } from '../../../core/time/with-timeout.ts'
import { type ProcessEnd, ProcessGroup } from '../../../machine/runtime/process-group.ts'
import { nixEnvironment } from '../../../nix/nix-environment.ts'
import type { Programs, WrappedCommand } from '../../../nix/toolchain.ts'
import type { Anywhere } from './anywhere.ts'
import { Said } from './said.ts'

export type Phase = 'kexec' | 'disko' | 'install' | 'reboot'

export interface AnywhereRun {
  readonly anywhere: Anywhere
  readonly programs: Programs
  /** Of the run, its own: log, and home of nixos-anywhere, so that nothing is written in the user's. */
  readonly folder: string
  /** Before all others in PATH. */
  readonly bin: string
  /** As ssh is called: `root@nixcumber-target`. */
  readonly target: string
  /** Store paths. */
  readonly diskScript: string
  readonly toplevel: string
  /** Private key that is tried; without one nixos-anywhere makes a pair, and has it let in by the keys that ssh finds. */
  readonly identity?: string
  readonly cacheDir: string
}

interface Terms {
  readonly within: Duration
  /** Further flags. */
  readonly flags?: readonly string[]
  readonly task: ProgressTask
}

/** @throws EnvironmentBroken when it fails, with its last words, and when it does not end in time */
export async function runPhases(run: AnywhereRun, phases: readonly Phase[], terms: Terms): Promise<void> {
  const home = join(run.folder, 'home')
  await mkdir(join(home, '.ssh'), { recursive: true, mode: 0o700 })
  const what = `nixos-anywhere --phases ${phases.join(',')}`
  const log = join(run.folder, 'nixos-anywhere.log')
  const refused = deferred<ProcessEnd>()
  await using said = new Said(log, line => {
    tellStep(line, terms.task)
    if (OTHER_KEY.test(line)) refused.reject(failed(`${what}: the target has shown another host key`, said, log))
  })
  await using group = ProcessGroup.start(commandOf(run, home, phases, terms.flags ?? []), run.folder)
  group.stdin.end()
  said.listen(group.stdout, group.stderr)
  const late = (): Error => failed(`${what} did not end within ${formatDuration(terms.within)}`, said, log)
  const { code, signal } = await withTimeout(Promise.race([group.ended, refused.promise]), terms.within, late)
  if (code !== 0) throw failed(`${what} failed with ${signal ?? `exit code ${code}`}`, said, log)
}

/** ssh(1) says so, and ssh-copy-id after it; nixos-anywhere would try again for ever. */
const OTHER_KEY = /Host key verification failed/

/** Its own words for what it does. */
function tellStep(line: string, task: ProgressTask): void {
  const step = /^### (.{1,100}) ###$/.exec(line)?.[1]
  if (step !== undefined) task.update(step)
}

/** Ours come before all in PATH, also where the programs have one of their own. */
const FIRST = 'PATH=$1:$PATH; export PATH; shift; exec "$@"'

function commandOf(run: AnywhereRun, home: string, phases: readonly Phase[], flags: readonly string[]): WrappedCommand {
  const { anywhere, programs, bin, identity, target, diskScript, toplevel, cacheDir, folder } = run
  const { NIX_SSHOPTS: _, ...env } = nixEnvironment({ origin: programs.origin, impure: false, cacheDir })
  const words = [
    ...['--store-paths', diskScript, toplevel, '--build-on', 'local', '--phases', phases.join(',')],
    ...(identity === undefined ? [] : ['-i', identity]),
    ...flags,
    ...['--target-host', target],
  ]
  return programs.wrap(['sh', '-c', FIRST, 'sh', bin, ...anywhere.argv, ...words], {
    ...{ cwd: folder, env: { ...env, HOME: home }, writable: [folder, cacheDir] },
  })
}

const failed = (what: string, { last }: Said, log: string): EnvironmentBroken =>
  new EnvironmentBroken(`${what}\n${rows({ Said: tail(last, 15), Evidence: log })}`.trimEnd())
