/** A closure is brought to the target by Nix over our ssh, and it is proved that what lies there is what is bound. */

import { EnvironmentBroken, NixcumberError } from '../core/errors.ts'
import type { ProgressTask } from '../core/progress.ts'
import { rows } from '../core/text/text.ts'
import { minutes } from '../core/time/duration.ts'
import { contentsOf } from '../nix/contents.ts'
import type { Nix } from '../nix/evaluate/nix.ts'
import type { OwnSsh } from './own-ssh.ts'

/** A whole system over a slow line. */
const COPY_BOUND = minutes(60)
const LOOK_BOUND = minutes(5)

export interface Bound {
  readonly path: string
  /** sha256 over the closure's sorted lines `path narHash`, as the verdict has it. */
  readonly contents: string
}

export interface Route {
  readonly nix: Nix
  readonly ssh: Pick<OwnSsh, 'options' | 'store'>
  readonly task?: ProgressTask
}

/** @param store another store of the target, such as one below /mnt. @throws EnvironmentBroken */
export async function copyClosure({ path }: Bound, { nix, ssh, task }: Route, store = ssh.store): Promise<void> {
  const signal = AbortSignal.timeout(COPY_BOUND.ms)
  await asSurroundings(() =>
    nix.copy(path, store, {
      subject: `${path} could not be copied to the target`,
      ...{ ssh: ssh.options, signal },
      ...(task ? { task } : {}),
    }),
  )
}

/** @throws EnvironmentBroken when something else lies there, or it could not be seen */
export async function proveContents(bound: Bound, { nix, ssh }: Route, store = ssh.store): Promise<void> {
  const subject = `What lies in ${bound.path} on the target cannot be seen`
  const signal = AbortSignal.timeout(LOOK_BOUND.ms)
  const answer = await asSurroundings(() => nix.closure(bound.path, { subject, ssh: ssh.options, signal }, store))
  const found = contentsOf(bound.path, answer)
  if (found === bound.contents) return
  throw new EnvironmentBroken(
    `What lies on the target is not what is bound: another build of the same path was there before\n${rows({
      Path: bound.path,
      Expected: bound.contents,
      Found: found,
      Next: 'delete it there where it is not in use (nix store delete), or build the system there from the same cache',
    })}`.trimEnd(),
  )
}

/** Whatever Nix calls it: nothing is said of the configuration by a copy that does not arrive. */
async function asSurroundings<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (error) {
    if (!(error instanceof NixcumberError) || error.exitCode === 3) throw error
    throw new EnvironmentBroken(error.message, { cause: error })
  }
}
