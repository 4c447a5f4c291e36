/** `results.json`: how each scenario of a run ended, small enough to look through many runs without reading their
 * messages. Writers use the type only, as with run.json. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const scenario = z.object({
  /** As in report/results/outcome.ts. */
  outcome: z.enum(['held', 'skipped', 'unfinished', 'error', 'refused', 'failed']),
  milliseconds: z.number(),
  /** 0: it was only announced. */
  attempts: z.number().int(),
  machine: z.string().optional(),
  /** Hash of what its steps say: a scenario that was only renamed keeps it. */
  body: z.string(),
  /** First line of what was said when it did not hold. */
  error: z.string().optional(),
  /** It held, and not at the first try. */
  flaky: z.boolean().optional(),
  /** First line of what was said at each try that did not hold and was followed by another. */
  earlier: z.array(z.string()).optional(),
})

const resultsFile = z.object({ format: z.literal(1), scenarios: z.record(z.string(), scenario) })

/** By the key of scenario-key.ts. */
export type ResultsFile = z.infer<typeof resultsFile>

/** Undefined where there is none: a killed run has messages only. */
export function readResults(folder: string): ResultsFile | undefined {
  try {
    return resultsFile.parse(JSON.parse(readFileSync(join(folder, 'results.json'), 'utf8')))
  } catch {
    return undefined
  }
}
