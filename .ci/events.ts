/** What `.ci/reporter.js` writes, read again: how many tests passed, what took how long, and what never ended. */

export interface Part {
  readonly name: string
  readonly milliseconds: number
}

export interface Counts {
  readonly passed: number
  readonly failed: number
  /** Each skip with its reason: nothing is left out in silence. */
  readonly skipped: readonly string[]
  readonly parts: readonly Part[]
  /** Each failure with what it said, so that all of them can be told once more at the end. */
  readonly failures: readonly string[]
}

export interface TestRun extends Counts {
  /** Tests that began and did not end, the innermost only. */
  readonly unfinished: readonly string[]
}

interface Event {
  readonly type: 'test:dequeue' | 'test:pass' | 'test:fail'
  readonly name: string
  readonly file?: string
  readonly nesting: number
  readonly skip?: string | boolean
  readonly kind?: 'suite' | 'test'
  readonly milliseconds?: number
  readonly error?: string
}

export function readEvents(text: string): TestRun {
  const events = text
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line) as Event)
  const ended = events.filter(({ type, kind }) => type !== 'test:dequeue' && kind !== 'suite')
  const failed = ended.filter(({ type }) => type === 'test:fail')
  const passed = ended.filter(each => each.type === 'test:pass' && !isSkipped(each) && !isFile(each))
  return {
    passed: passed.length,
    failed: failed.length,
    failures: failed.map(event => `${title(event)}\n${event.error ?? ''}`.trimEnd()),
    skipped: ended.filter(isSkipped).map(({ name, skip }) => (typeof skip === 'string' ? `${name}: ${skip}` : name)),
    parts: passed.filter(({ nesting }) => nesting === 0).map(part),
    unfinished: unfinished(events),
  }
}

const isSkipped = ({ type, skip }: Event): boolean => type === 'test:pass' && skip !== undefined && skip !== false

/** In a process for each file, the file itself counts as a test. */
const isFile = ({ name }: Event): boolean => name.endsWith('.test.ts')

const part = (event: Event): Part => ({ name: title(event), milliseconds: event.milliseconds ?? 0 })

const title = ({ name, file }: Event): string => (file ? `${file.replace(`${process.cwd()}/`, '')}: ${name}` : name)

function unfinished(events: readonly Event[]): string[] {
  const open = new Map<string, Event>()
  for (const event of events) {
    const key = JSON.stringify([event.file, event.nesting, event.name])
    if (event.type === 'test:dequeue') open.set(key, event)
    else open.delete(key)
  }
  const left = [...open.values()].filter(each => !isFile(each))
  const innermost = Math.max(...left.map(({ nesting }) => nesting))
  return left.filter(({ nesting }) => nesting === innermost).map(title)
}
