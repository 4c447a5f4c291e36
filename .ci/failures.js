import { inspect } from 'node:util'

// Nothing but what fails. node:test takes a module's default export as a reporter.
export default async function* failures(events) {
  for await (const { type, data } of events) {
    if (type !== 'test:fail' || data.details?.type === 'suite') continue
    const error = data.details?.error
    yield `FAILED  ${data.name}  (${data.file ?? ''})\n${inspect(error?.cause ?? error)}\n`
  }
}
