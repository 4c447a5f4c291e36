/** Code that is not nixcumber's could end a run without a verdict, or with an exit code of its choice. */
import { join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { EnvironmentBroken } from '../core/errors.ts'

const OURS = ['bin', 'support'].map(folder => join(import.meta.dirname, '../..', folder) + sep)

/** Node's own, of which its types say less. */
const node = process as NodeJS.Process & {
  exit: (code?: number | string | null) => never
  reallyExit: (code?: number | string | null) => never
}

/** What the caller is told instead of the end of the process. */
export function refuseExit(place: string): never {
  throw new EnvironmentBroken(exitWords(place))
}

export const exitWords = (place: string): string => `process.exit() was called at ${place}: it would have ended the run`

/**
 * From now on, calls of `process.exit` by other code than nixcumber's are told, and do what the listener wants.
 * @param onExit gets `features/steps/web.ts:3:9`; gives an exit code to end with, or throws
 */
export function guardExit(onExit: (place: string) => number): Disposable {
  const { exit, reallyExit } = node
  node.exit = code => {
    const caller = callerOf(new Error())
    return exit.call(process, caller === undefined ? code : onExit(caller))
  }
  // what process.exit calls at its end; packages put theirs in its place
  node.reallyExit = code => {
    const caller = callerOf(new Error(), OF_EXIT)
    return reallyExit.call(process, caller === undefined ? code : onExit(caller))
  }
  return {
    [Symbol.dispose]() {
      Object.assign(node, { exit, reallyExit })
    },
  }
}

/**
 * From now on, what is thrown where nothing catches it, as in a timer of a step, ends no run. A promise that is rejected unheard is the same.
 * @param onThrown gets what was thrown, with its first lines
 */
export function guardThrown(onThrown: (words: string) => void): Disposable {
  const listener = (error: unknown): void => onThrown(wordsOf(error))
  process.on('uncaughtException', listener)
  return {
    [Symbol.dispose]() {
      process.off('uncaughtException', listener)
    },
  }
}

/** With the place where it was thrown. What the guard has thrown itself says all. */
function wordsOf(error: unknown): string {
  if (error instanceof EnvironmentBroken) return error.message
  const [first = '', place] = ((error instanceof Error && error.stack) || String(error)).split('\n')
  return `this was thrown where nothing catches it: ${first}${place === undefined ? '' : ` (${place.trim()})`}`
}

/** Ends with this exit code, whatever listeners of other code set or call at the end. */
export function endWith(exitCode: number): never {
  const { reallyExit } = node
  node.reallyExit = () => reallyExit.call(process, exitCode)
  return process.exit(exitCode)
}

/** Where process.exit itself stands: what leads to it is asked there. */
const OF_EXIT = '(node:internal/process/per_thread'

/**
 * Where the call stands, unless that is in nixcumber. The first two lines are the message and the guard itself. After
 * `promise.then(process.exit)` there is no further one, or one of Node's own.
 */
function callerOf({ stack = '' }: Error, ours?: string): string | undefined {
  const frame = stack.split('\n')[2]
  if (frame === undefined) return 'a place that is not told'
  if (ours !== undefined && frame.includes(ours)) return undefined
  const place = /\(?((?:file:|node:|\/)[^()]*)\)?$/.exec(frame)?.[1] ?? frame.trim()
  const path = place.startsWith('file:') ? fileURLToPath(place) : place
  return OURS.some(folder => path.startsWith(folder)) ? undefined : path
}
