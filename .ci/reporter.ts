import type { TestEvent } from './test-event.ts'

/** Counts as JSON; node:test takes a module's default export as a reporter. */
export default async function* counts(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  let passed = 0
  let failed = 0
  const skipped: string[] = []
  for await (const { type, data } of events) {
    if (data.details?.type === 'suite') continue
    if (type === 'test:fail') failed++
    else if (type === 'test:pass' && data.skip !== undefined && data.skip !== false)
      skipped.push(typeof data.skip === 'string' ? `${data.name}: ${data.skip}` : `${data.name}`)
    else if (type === 'test:pass') passed++
  }
  yield JSON.stringify({ passed, failed, skipped })
}
