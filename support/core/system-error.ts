import { EnvironmentBroken } from './errors.ts'
import { rows } from './text/text.ts'

/** What the operating system refused, as Node throws it: a full disk, a missing file, too many processes. errno(3). */
export const isSystemError = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && typeof (error as NodeJS.ErrnoException).syscall === 'string'

const FULL = ['ENOSPC', 'EDQUOT']

/**
 * A system error as what it is, a fault of the surroundings and never of what is judged; anything else as it came.
 * @param failed what could not be done: `Machine "t14" could not be booted`
 */
export function asSurroundings(error: unknown, failed: string): unknown {
  if (!isSystemError(error)) return error
  const isFull = FULL.includes(error.code ?? '')
  return new EnvironmentBroken(
    `${failed}${isFull ? ': the disk is full' : ''}\n${rows({
      Got: error.message,
      Next: isFull ? 'make room there (nixcumber clean --cache frees what is kept between runs)' : undefined,
    })}`.trimEnd(),
    { cause: error },
  )
}
