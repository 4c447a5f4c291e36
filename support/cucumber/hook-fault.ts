/** A hook of the whole run that has thrown: the fault of its author, named with its place. */
import { errorFor, NixcumberError } from '../core/errors.ts'
import { rows } from '../core/text/text.ts'

/** cucumber says where the hook stands in the message, and keeps what it threw as the cause. */
export function hookHasThrown(kind: 'BeforeAll' | 'AfterAll'): (error: unknown) => never {
  return error => {
    const { message, cause } = error as Error
    const place = /hook errored, process exiting: (.+)$/s.exec(message)?.[1]
    if (place === undefined) throw error
    const got = cause instanceof NixcumberError ? cause.message : stackOf(cause)
    // What is thrown by nixcumber's own classes says whose fault it is; all else could not be checked.
    const exitCode = cause instanceof NixcumberError ? cause.exitCode : 3
    throw errorFor(exitCode, `The ${kind} hook at ${place} has thrown\n${rows({ Got: got })}`.trimEnd(), { cause })
  }
}

const MAX_FRAMES = 3

const stackOf = (cause: unknown): string =>
  cause instanceof Error
    ? (cause.stack ?? String(cause))
        .split('\n')
        .slice(0, MAX_FRAMES + 1)
        .join('\n')
    : String(cause)
