import { inspect } from 'node:util'

// What begins and what ends, a JSON object a line, written at once: a run that had to be ended can be read, too.
// node:test takes a module's default export as a reporter, and loads it before it can read TypeScript.
const TYPES = ['test:dequeue', 'test:pass', 'test:fail']

export default async function* events(source) {
  for await (const { type, data } of source) {
    if (!TYPES.includes(type)) continue
    const { name, file, nesting, skip, details } = data
    const ended =
      type === 'test:dequeue'
        ? undefined
        : { kind: details?.type, milliseconds: details?.duration_ms, error: said(details?.error) }
    yield `${JSON.stringify({ type, name, file, nesting, skip, ...ended })}\n`
  }
}

const said = error => (error === undefined ? undefined : inspect(error.cause ?? error))
