import { spawn } from 'node:child_process'

export interface Ended {
  readonly good: boolean
  readonly hung: boolean
  readonly output: string
}

/** Characters of output that are kept: a mutant may print without end. */
const KEPT = 20_000
const running = new Set<number>()

/** Runs a program of node's in a process group of its own, of which nothing is left when it has ended. @param limit milliseconds */
export function runNode(args: readonly string[], cwd: string, env: NodeJS.ProcessEnv, limit: number): Promise<Ended> {
  const child = spawn(process.execPath, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
  if (child.pid !== undefined) running.add(child.pid)
  let [output, hung] = ['', false]
  const keep = (chunk: Buffer): void => {
    output = (output + chunk.toString()).slice(0, KEPT)
  }
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  const timer = setTimeout(() => {
    hung = true
    end(child.pid)
  }, limit)
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', code => {
      clearTimeout(timer)
      end(child.pid)
      resolve({ good: code === 0, hung, output })
    })
  })
}

/** What was started and still runs. */
export const endAll = (): void => running.forEach(end)

function end(group: number | undefined): void {
  if (group === undefined) return
  running.delete(group)
  try {
    process.kill(-group, 'SIGKILL')
  } catch (error) {
    // No process of the group is left.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
