// Counts as JSON. node:test takes a module's default export as a reporter, and loads it before it can read TypeScript.
export default async function* counts(events) {
  let passed = 0
  let failed = 0
  const skipped = []
  for await (const { type, data } of events) {
    if (data.details?.type === 'suite') continue
    if (type === 'test:fail') failed++
    else if (type === 'test:pass' && data.skip !== undefined && data.skip !== false)
      skipped.push(typeof data.skip === 'string' ? `${data.name}: ${data.skip}` : data.name)
    // In a process for each file, the file itself counts as a test.
    else if (type === 'test:pass' && !data.name.endsWith('.test.ts')) passed++
  }
  yield JSON.stringify({ passed, failed, skipped })
}
