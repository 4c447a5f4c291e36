/** Ctrl-C and its kin: the first ends the run in good order, the second at once. Exit code 128 plus the signal's number, as shells do. */
import { constants } from 'node:os'
import { NixcumberError } from '../core/errors.ts'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** @param stop ends in good order; it gets the exit code for the signal, and says the one that the process should have */
export function onInterrupt(stop: (exitCode: number) => Promise<number>): Disposable {
  let stopping = false
  const listeners = SIGNALS.map(signal => {
    const exitCode = 128 + constants.signals[signal]
    const listen = (): void => {
      if (stopping) process.exit(exitCode)
      stopping = true
      stop(exitCode).then(
        code => process.exit(code),
        error => {
          console.error(error instanceof NixcumberError ? error.message : error)
          process.exit(exitCode)
        },
      )
    }
    process.on(signal, listen)
    return () => process.off(signal, listen)
  })
  return {
    [Symbol.dispose]() {
      for (const off of listeners) off()
    },
  }
}
