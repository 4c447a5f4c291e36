import { closeSync, openSync, rmSync, writeSync } from 'node:fs'

/** Writes zeros until the file system has no byte left (ENOSPC); returns what removes the file. Meant for small ones. */
export function fillUp(file: string): () => void {
  const handle = openSync(file, 'w')
  try {
    for (let size = 1024 * 1024; size >= 1; size = size > 1 ? size / 2 : 0) writeWhilePossible(handle, size)
  } finally {
    closeSync(handle)
  }
  return () => rmSync(file, { force: true })
}

function writeWhilePossible(handle: number, size: number): void {
  const zeros = Buffer.alloc(size)
  try {
    for (;;) if (writeSync(handle, zeros) < size) return
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
  }
}
