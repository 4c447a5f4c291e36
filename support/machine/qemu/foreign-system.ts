import { RUNNER_SYSTEM } from '../../core/runner-system.ts'
import type { Accelerator } from './accelerator.ts'

/** KVM runs a machine of this computer's own system, and an x86 of 32 bits on one of 64. */
const RUNS: Readonly<Record<string, readonly string[]>> = {
  'x86_64-linux': ['x86_64-linux', 'i686-linux'],
  'aarch64-linux': ['aarch64-linux'],
}

/** Emulation, where the machine is of another system than this computer; undefined where KVM may do, or where its system is not known. */
export function foreignSystem(system: string | undefined, runner = RUNNER_SYSTEM): Accelerator | undefined {
  if (system === undefined || RUNS[runner]?.includes(system)) return undefined
  return { name: 'tcg', why: `it is of ${system}, and this computer of ${runner}` }
}
