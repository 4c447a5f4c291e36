/** Locks a flake whose inputs are real ones that lie on this computer, as its owner would: what its lock says counts then. */
import { execFileSync } from 'node:child_process'
import { findToolchain } from '../nix/tools/find-toolchain.ts'

/**
 * Inputs with changes are taken, too.
 * @param folder under git; its files are known to git
 * @param home what Nix may write to
 */
export async function lockFlake(folder: string, home: string): Promise<void> {
  const toolchain = await findToolchain({ offline: true })
  const lock = ['nix', 'flake', 'lock', '--option', 'allow-dirty-locks', 'true', `git+file://${folder}`] as const
  const { file, args, options } = toolchain.wrap(lock, { cwd: folder, writable: [home], env: { HOME: home } })
  execFileSync(file, [...args], { ...options, stdio: 'pipe' })
}
