/** `process.exit()` in code that is not nixcumber's would end a run without a verdict, and with the exit code of its choice. */
import { join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { EnvironmentBroken } from '../core/errors.ts'

const OURS = ['bin', 'support'].map(folder => join(import.meta.dirname, '../..', folder) + sep)

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
  const original = process.exit
  process.exit = code => {
    const caller = callerOf(new Error())
    return original.call(process, caller === undefined ? code : onExit(caller))
  }
  return {
    [Symbol.dispose]() {
      process.exit = original
    },
  }
}

/** Where the call stands, unless that is in nixcumber. The first two lines are the message and the guard itself. */
function callerOf({ stack = '' }: Error): string | undefined {
  const frame = stack.split('\n')[2] ?? ''
  if (frame === '') return undefined
  const place = /\(?((?:file:|\/)[^()]*)\)?$/.exec(frame)?.[1] ?? frame.trim()
  const path = place.startsWith('file:') ? fileURLToPath(place) : place
  return OURS.some(folder => path.startsWith(folder)) ? undefined : path
}
