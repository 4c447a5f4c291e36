import { existsSync } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { silentProgress } from '../core/progress.ts'
import { cacheFolder } from '../nix/cache-folder.ts'
import { PrivateApt } from '../nix/toolbox/apt.ts'
import { program } from '../nix/toolbox/program.ts'

/** The last bash before 5.2 that a Debian had; its `read -t` waits for an alarm. */
const SUITE = 'bullseye'
const VERSION = /^5\.1\./

/**
 * Debian 11's bash, from the mirror that the toolbox is made from; kept for the next time.
 * @returns its path, or why it cannot be had
 */
export async function oldBash(): Promise<{ readonly bash: string } | { readonly missing: string }> {
  const folder = join(cacheFolder(), 'testing', `bash-${SUITE}`)
  const bash = join(folder, 'bin/bash')
  try {
    if (!existsSync(bash)) await fetchInto(folder)
    const version = await program([bash, '-c', 'echo "$BASH_VERSION"'], { failure: 'it does not run here' })
    return VERSION.test(version) ? { bash } : { missing: `${SUITE} has bash ${version.trim()}` }
  } catch (error) {
    return { missing: String(error).split('\n')[0] ?? '' }
  }
}

async function fetchInto(folder: string): Promise<void> {
  const work = `${folder}.${process.pid}`
  await mkdir(join(work, 'root'), { recursive: true })
  try {
    const apt = await PrivateApt.open(join(work, 'apt'), SUITE)
    const debs = await apt.download(['bash'], silentProgress.start(SUITE))
    const deb = debs.find(name => /\/bash_[^/]*\.deb$/.test(name)) ?? ''
    await program(['dpkg-deb', '-x', deb, join(work, 'root')], { failure: `${deb} could not be unpacked` })
    await rm(folder, { recursive: true, force: true })
    await rename(join(work, 'root'), folder)
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}
