/** Of two that are brought onto one target at once, the second would wipe what the first is installing. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { EnvironmentBroken } from '../core/errors.ts'
import { tryLock } from '../core/files/file-lock.ts'
import { rows } from '../core/text/text.ts'
import type { OwnSsh } from './own-ssh.ts'

/**
 * Held until disposed or until this process ends, however it does. The target is known by its host key, whatever its address; of those that
 * come from other computers nothing is known here.
 * @throws EnvironmentBroken when another one of this computer has it
 */
export async function onlyOne(
  { fingerprint, address }: Pick<OwnSsh, 'fingerprint' | 'address'>,
  cacheDir: string,
): Promise<AsyncDisposable> {
  const folder = join(cacheDir, 'targets', fingerprint.replaceAll(/[^\w]/g, '_'))
  await mkdir(folder, { recursive: true })
  const held = await tryLock(folder)
  if (held !== undefined) return held
  throw new EnvironmentBroken(
    `Something is being brought onto the target already, by another nixcumber on this computer: nothing was changed\n${rows(
      {
        Target: address,
        'Host key': fingerprint,
      },
    )}`.trimEnd(),
  )
}
