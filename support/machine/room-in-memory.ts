/** Machines into which files were handed over keep disks and states in memory: there must be room for them. */
import { readFileSync, statfsSync } from 'node:fs'
import { EnvironmentBroken } from '../core/errors.ts'
import { rows } from '../core/text/text.ts'

/** For machines that hold what was handed over: their disks and states are gone with the power. */
export const IN_MEMORY = '/dev/shm'

/** Of statfs(2): a file system in memory. */
const TMPFS = 0x01021994

/** What a machine writes while it boots, and some more. */
const LEAST_MIB = 512

export interface MemoryRoom {
  readonly isMemory: boolean
  /** Least of what the file system and the computer have left. */
  readonly freeMiB: number
}

export function roomIn(folder: string): MemoryRoom {
  const { type, bavail, bsize } = statfsSync(folder)
  const available = Number(/^MemAvailable:\s+(\d+)/m.exec(readFileSync('/proc/meminfo', 'utf8'))?.[1] ?? 0) / 1024
  return { isMemory: type === TMPFS, freeMiB: Math.floor(Math.min((bavail * bsize) / 2 ** 20, available)) }
}

/** @throws EnvironmentBroken with the remedy when the folder is not in memory, or has too little room */
export function requireRoomInMemory(
  machine: string,
  folder: string,
  look: (folder: string) => MemoryRoom = roomIn,
): void {
  const { isMemory, freeMiB } = lookAt(folder, look)
  if (isMemory && freeMiB >= LEAST_MIB) return
  throw new EnvironmentBroken(
    `Machine "${machine}" cannot be kept in memory, as one must into which files are handed over\n${rows({
      Expected: `a tmpfs at ${folder} with ${LEAST_MIB} MiB or more`,
      Got: isMemory ? `${freeMiB} MiB free` : 'no tmpfs',
      Next: `mount -o remount,size=4G ${folder}; of a container: --shm-size=4g`,
    })}`.trimEnd(),
  )
}

function lookAt(folder: string, look: (folder: string) => MemoryRoom): MemoryRoom {
  try {
    return look(folder)
  } catch {
    return { isMemory: false, freeMiB: 0 }
  }
}
