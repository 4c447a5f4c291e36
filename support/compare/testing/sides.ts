import type { RunJson } from '../../record/run/run-json.ts'
import type { Material } from '../compare.ts'
import type { Case, ComparedRun } from '../compared-run.ts'
import type { Facts } from '../facts.ts'
import type { PastRun } from '../past.ts'

/** A scenario with one step, that held unless something else is said. */
export function scenario(
  name: string,
  more: Partial<Case> & { said?: string; seen?: string; step?: string } = {},
): Case {
  const { said, seen, step = `Then service "${name}" is active`, ...other } = more
  const outcome = other.outcome ?? 'held'
  const suffix = other.machine === undefined ? '' : ` @ ${other.machine}`
  return {
    key: `features/web.feature: ${name}${suffix}`,
    ...{ name, feature: 'Web', uri: 'features/web.feature', line: 3, outcome, attempts: 1, milliseconds: 100 },
    body: `body of ${name}`,
    tags: [],
    steps: [
      {
        ...{ sentence: step, place: 'features/web.feature:5', outcome },
        ...(said === undefined ? {} : { message: said }),
        ...(seen === undefined ? {} : { seen }),
      },
    ],
    ...other,
  }
}

export const failing = (name: string, said: string, more: Parameters<typeof scenario>[1] = {}): Case =>
  scenario(name, { outcome: 'failed', said, ...more })

export function side(cases: readonly Case[], run: Partial<RunJson> = {}, more: Partial<ComparedRun> = {}): ComparedRun {
  return {
    folder: `/runs/${run.start ?? 'now'}`,
    state: 'ended',
    run: {
      ...{ format: 1, tool: { name: 'nixcumber', version: '0', node: '20' }, command: ['run'], inputs: 'real' },
      ...{ start: '2026-05-02T03:30:00Z', end: '2026-05-02T03:31:00Z', toplevels: {}, machines: {}, notes: [] },
      ...run,
    } as RunJson,
    cases: new Map(cases.map(each => [each.key, each])),
    there: new Map([['features/web.feature', new Set(cases.map(({ key }) => key))]]),
    facts: new Map<string, Facts>(),
    torn: false,
    finished: true,
    ...more,
  }
}

export const material = (
  base: ComparedRun | undefined,
  current: ComparedRun,
  more: Partial<Material> = {},
): Material => ({
  ...(base ? { base } : {}),
  ...{ current, past: [], waivers: [], now: new Date('2026-05-02T12:00:00'), strict: false },
  ...more,
})

/** A run of the past, in which the scenario ended so. */
export const past = (
  start: string,
  outcomes: Readonly<Record<string, Case['outcome']>>,
  milliseconds = 100,
): PastRun => ({
  folder: `/runs/${start}`,
  run: side([], { start, flake: { reference: '.', revision: `rev-${start.slice(0, 10)}` } }).run,
  results: {
    format: 1,
    scenarios: Object.fromEntries(
      Object.entries(outcomes).map(([name, outcome]) => [
        `features/web.feature: ${name}`,
        { outcome, milliseconds, attempts: 1, body: '' },
      ]),
    ),
  },
})
