import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RunJson } from '../run/run-json.ts'

/** A folder of runs for a test, which goes with it. */
export function runsFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'runs-'))
  return { folder, [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }) }
}

/** A run that was good and is over, unless something else is said. Gives its folder. */
export function recordRun(runs: string, name: string, start: string, other: Partial<RunJson> = {}): string {
  const folder = join(runs, name)
  const run: RunJson = {
    format: 1,
    tool: { name: 'nixcumber', version: '0.1.0', node: '20.19.0' },
    command: ['run'],
    inputs: 'real',
    start,
    end: start,
    exitCode: 0,
    verdict: 'GO  3 scenarios held',
    toplevels: {},
    machines: {},
    notes: [],
    ...other,
  }
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'run.json'), JSON.stringify(run))
  return folder
}
