// Ends the process at the first test that fails: one is enough for a mutant. node:test takes a module's default export as a reporter.
import { writeSync } from 'node:fs'

export default async function* firstFailure(events) {
  for await (const { type, data } of events) {
    if (type !== 'test:fail' || data.todo !== undefined || data.details?.type === 'suite') continue
    writeSync(1, `${data.name}\n`)
    process.exit(1)
  }
  yield ''
}
