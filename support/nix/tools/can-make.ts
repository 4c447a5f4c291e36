import { execa } from 'execa'
import { EnvironmentBroken } from '../../core/errors.ts'
import { rows, tail } from '../../core/text/text.ts'
import { debianMirror, hasApt } from '../toolbox/apt.ts'
import { NAMESPACES } from '../toolbox/bubblewrap.ts'
import { noNix } from './find-toolchain.ts'

/**
 * Whether a toolbox could be made and run here, tried without making one: apt, an archive of Debian, namespaces.
 * @param lack why there is no Nix
 * @returns the archive that its packages would come from
 * @throws EnvironmentBroken as a run would
 */
export async function canMakeToolbox(lack: string): Promise<string> {
  if (!(await hasApt())) throw noNix(lack)
  const { url } = await debianMirror()
  await tryNamespaces()
  return url
}

/** What bubblewrap needs (unshare(1)). */
async function tryNamespaces(): Promise<void> {
  const words = process.getuid?.() === 0 ? ['--mount'] : ['--user', '--map-root-user', '--mount']
  const { exitCode, stderr, shortMessage } = await execa('unshare', [...words, 'true'], {
    reject: false,
    stdin: 'ignore',
  })
  if (exitCode === 0) return
  throw new EnvironmentBroken(
    `A toolbox would not run here\n${rows({
      Command: `unshare ${words.join(' ')} true`,
      Reason: tail(stderr || (shortMessage ?? ''), 1),
      Next: NAMESPACES,
    })}`.trimEnd(),
  )
}
