import { rename, rm } from 'node:fs/promises'

/**
 * Gives a finished folder its name, at once. A folder that has the name already stays: names are made from what is inside, so both are
 * the same, and the one that is there may be read at this moment by another evaluation.
 */
export async function placeFolder(finished: string, name: string): Promise<void> {
  try {
    await rename(finished, name)
  } catch (error) {
    if (!isThere(error)) throw error
    await rm(finished, { recursive: true, force: true })
  }
}

/** rename(2): a directory that is not empty is never replaced; file systems say it in either word. */
const isThere = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOTEMPTY' || error.code === 'EEXIST')
