/** Which features were judged: the commit they are in, and a hash of their text that holds without git too. */
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import type { RunJson } from './run/run-json.ts'

const run = promisify(execFile)

export async function featureRevision(
  projectDir: string,
  sources: ReadonlyMap<string, string>,
): Promise<NonNullable<RunJson['features']>> {
  const hash = createHash('sha256')
  for (const [uri, text] of [...sources].sort(([a], [b]) => (a < b ? -1 : 1))) hash.update(JSON.stringify([uri, text]))
  return { ...(await commit(projectDir)), hash: `sha256-${hash.digest('hex')}` }
}

async function commit(folder: string): Promise<{ revision?: string; dirty?: boolean }> {
  try {
    const git = (...args: string[]) => run('git', ['--no-optional-locks', '-C', folder, ...args], { timeout: 5000 })
    const [head, status] = await Promise.all([git('rev-parse', 'HEAD'), git('status', '--porcelain', '--', '.')])
    return { revision: head.stdout.trim(), dirty: status.stdout !== '' }
  } catch {
    // No git, no repository, or no commit yet: the hash has to do.
    return {}
  }
}
