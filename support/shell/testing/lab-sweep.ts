/** A lab takes its folder away when it ends. Of one whose first process was killed it stays: the next lab takes it away. */
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isProcessAlive, processIdentity } from '../../core/files/process-identity.ts'

/** How its folder's name begins. */
export const LAB_FOLDER = 'nixcumber-lab-'
const MARK = 'keeper'
/** A folder without a mark is one that another runner is just making, or was making when it was killed. */
const UNMARKED_MS = 60_000

/** Says in the folder which process ends with the lab. */
export const markKeeper = (folder: string, pid = 0): void =>
  writeFileSync(join(folder, MARK), processIdentity(pid) ?? '0')

export function sweepLabs(parent: string = tmpdir()): void {
  for (const name of readdirSync(parent).filter(each => each.startsWith(LAB_FOLDER))) {
    const folder = join(parent, name)
    if (isLeft(folder)) rmSync(folder, { recursive: true, force: true })
  }
}

function isLeft(folder: string): boolean {
  try {
    return !isProcessAlive(readFileSync(join(folder, MARK), 'utf8'))
  } catch {
    return Date.now() - (statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()) > UNMARKED_MS
  }
}
