/** What is said when a worker ended before its work. */
import { rows } from '../../core/text/text.ts'
import type { AssembledScenario } from '../../cucumber/scenario-runtime.ts'
import type { WorkerProcess } from './worker-process.ts'

/** @param how `killed by SIGKILL`, `exit code 134`, or `stuck` when the worker itself found that its step waits for nothing */
export function died(worker: WorkerProcess, how: string, { pickle }: AssembledScenario): string {
  const line = pickle.location === undefined ? '' : `:${pickle.location.line}`
  if (how === 'stuck') return 'A step waits for something that can never come'
  return `Worker ${worker.name} died in the middle of this scenario\n${rows({
    Got: how,
    'Last words': worker.lastWords,
    Next: `run it alone: nixcumber run ${pickle.uri}${line}`,
  })}`.trimEnd()
}

export const diedBefore = ({ name }: WorkerProcess): string =>
  `Worker ${name} died in an earlier scenario of this feature, on which this one builds`

export const neverBegan = (worker: WorkerProcess, how: string): string =>
  `No worker lived long enough to begin\n${rows({
    Got: how,
    'Last words': worker.lastWords,
    Next: 'run without --parallel',
  })}`.trimEnd()
