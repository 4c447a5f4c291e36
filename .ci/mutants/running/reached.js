// Loaded before all else into each process of a dry run, those that tests start, too: says at its end which mutants it came by, and
// in which test. What it came by outside of them is Stryker's `static`.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { threadId } from 'node:worker_threads'

process.on('exit', () => {
  const folder = process.env.NIXCUMBER_MUTANTS_REACHED
  const reached = globalThis.__stryker__?.mutantCoverage
  if (!folder || !reached) return
  const tests = Object.entries(reached.perTest).map(([name, ids]) => ({ name, ids: Object.keys(ids) }))
  const told = { outside: Object.keys(reached.static), tests }
  writeFileSync(join(folder, `${process.pid}.${threadId}.${process.hrtime.bigint()}`), JSON.stringify(told))
})
