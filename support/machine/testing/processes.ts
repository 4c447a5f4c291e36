import { readdirSync, readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { systemClock } from '../../core/time/clock.ts'
import { Deadline } from '../../core/time/deadline.ts'
import { milliseconds, minutes } from '../../core/time/duration.ts'
import { STATE_VARIABLE } from '../runtime/runtime-dir.ts'

/** Ids of the processes that carry the mark of a state directory. */
export const processesOf = (statePath: string): number[] =>
  readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .filter(id => environment(id).includes(`${STATE_VARIABLE}=${statePath}`))
    .map(Number)

/** Stops them until this is disposed of: a machine of theirs hangs. */
export function freeze(statePath: string): Disposable {
  const ids = processesOf(statePath)
  for (const id of ids) process.kill(id, 'SIGSTOP')
  return {
    [Symbol.dispose]() {
      for (const id of ids) process.kill(id, 'SIGCONT')
    },
  }
}

/** Many times what anything takes: other work on the same computer may make everything slow. */
const LIMIT = minutes(2)

/** Looks until it is so, for what is no child of ours to be awaited. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<boolean> {
  const deadline = Deadline.after(LIMIT)
  while (!(await condition()) && !deadline.expired) await systemClock.wait(milliseconds(20))
  return condition()
}

/** Whether the port has a listener on the runner's loopback. */
export const listens = (port: number): Promise<boolean> =>
  new Promise(resolve => {
    const socket = connect(port, '127.0.0.1')
    socket.once('error', () => resolve(false))
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
  })

function environment(id: string): string {
  try {
    return readFileSync(`/proc/${id}/environ`, 'utf8')
  } catch {
    return ''
  }
}
