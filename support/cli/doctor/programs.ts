import { missingFrom } from '../../nix/tools/host-programs.ts'
import type { Finding } from './finding.ts'

/** What nixcumber itself starts here: locks, and the watchdog of machines. setpriv is welcome and no need. */
const NEEDED = ['sh', 'flock', 'cat', 'chmod', 'grep', 'rm', 'sleep'] as const

export async function programs(): Promise<Finding> {
  const missing = await missingFrom(NEEDED, process.env)
  const fact = `${NEEDED.join(', ')} in PATH`
  if (missing.length === 0) return { what: 'programs', state: 'good', fact }
  const remedy = 'put them in PATH: coreutils, gnugrep and util-linux (every NixOS and Debian has them)'
  return { what: 'programs', state: 'bad', fact: `not in PATH: ${missing.join(', ')}`, remedy }
}
