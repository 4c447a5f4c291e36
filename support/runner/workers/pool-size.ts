/** How many workers `--parallel auto` means. */
import { type RunnerCapacity, readRunnerCapacity } from '../../machine/pool/admission.ts'

/** A worker's own 200 MiB and a machine of usual size; bigger machines wait for room when they boot. */
const MIB_PER_WORKER = 1024 + 200

/** As many as there are cores, as far as memory reaches. There are never more than there is to do. */
export function poolSize(asked: number | 'auto', runner: RunnerCapacity = readRunnerCapacity): number {
  if (asked !== 'auto') return asked
  return Math.max(1, Math.min(runner.cores, Math.floor(runner.availableMiB() / MIB_PER_WORKER)))
}
