import { execa } from 'execa'
import type { Toolchain } from '../../nix/toolchain.ts'
import { gitRoot } from '../locator.ts'

/** Nix files that git does not know, and that Nix therefore does not see; import-tree passes over them without a word. */
export async function untrackedNixFiles(folder: string, toolchain: Toolchain): Promise<string[]> {
  if (gitRoot(folder) === undefined) return []
  const list = ['ls-files', '--others', '--exclude-standard', '-z', '--', '*.nix']
  const { file, args, options } = toolchain.wrap(['git', '-c', 'safe.directory=*', ...list], {
    cwd: folder,
    env: { LC_ALL: 'C' },
  })
  const { stdout, exitCode } = await execa(file, args, { ...options, reject: false, stdin: 'ignore' })
  // Without git nothing can be said; Nix has its own and goes on.
  return exitCode === 0 ? stdout.split('\0').filter(Boolean) : []
}
