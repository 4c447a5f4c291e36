import { readdirSync, readFileSync } from 'node:fs'
import { STATE_VARIABLE } from '../runtime/runtime-dir.ts'

/** Memory that the processes of a state directory hold by now, in MiB. QEMU touches a guest's memory only when the guest does. */
export function readResidentMiB(): (stateDir: string) => number {
  const held = readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .flatMap(id => {
      const path = new RegExp(`(?:^|\0)${STATE_VARIABLE}=([^\0]*)`).exec(read(`/proc/${id}/environ`))?.[1]
      return path === undefined ? [] : [{ path, mib: residentOf(id) }]
    })
  return stateDir =>
    held
      .filter(({ path }) => path === stateDir || path.startsWith(`${stateDir}/`))
      .reduce((sum, { mib }) => sum + mib, 0)
}

/** VmRSS of proc(5), in KiB there. */
const residentOf = (id: string): number => Number(/^VmRSS:\s+(\d+)/m.exec(read(`/proc/${id}/status`))?.[1] ?? 0) / 1024

/** Empty for a process that is gone, or another user's. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
