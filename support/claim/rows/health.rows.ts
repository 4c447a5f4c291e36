import { answered, type Said } from '../../probe/testing/answered.ts'
import { type ClaimTable, type Reply, type Row, unknown } from './row.ts'

interface Service {
  readonly name?: string
  readonly type?: string
  readonly active?: string
  readonly sub?: string
  readonly restarts?: number
  readonly restart?: string
  readonly age?: number
}

interface Health {
  readonly state?: string
  readonly failed?: Said
  readonly jobs?: Said
  readonly services?: readonly Service[]
}

const UP = 900
const JOURNALD: Service = { name: 'systemd-journald.service' }

function sections({ state = 'running', failed = '', jobs = '', services = [] }: Health = {}): Said[] {
  const all = ['running', 'degraded'].includes(state) ? [JOURNALD, ...services] : []
  const shown = all.map(
    (
      {
        name = 'web.service',
        type = 'simple',
        active = 'active',
        sub = 'running',
        restarts = 0,
        restart = 'on-failure',
      },
      i,
    ) =>
      [
        `Id=${name}`,
        `Type=${type}`,
        `ActiveState=${active}`,
        `SubState=${sub}`,
        `NRestarts=${restarts}`,
        `Restart=${restart}`,
        `MainPID=${i + 1}`,
      ].join('\n'),
  )
  const times = all.map(({ age = 600 }, i) => `${i + 1} ${(UP - age) * 100}`)
  return [
    { code: state === 'running' ? 0 : 1, out: state },
    failed,
    jobs,
    shown.join('\n\n'),
    [`${UP}.00`, ...times].join('\n'),
  ]
}

const health = (facts: Health): Reply => answered(sections(facts))
const FAILED = 'web.service loaded failed failed Web'
const degraded = health({ state: 'degraded', failed: FAILED })
const starting = health({ state: 'starting', jobs: '12 web.service start running' })

/** Its service is in its first run, and goes on. */
const young = (_: string, at: number): Reply => health({ services: [{ age: at / 1000 }] })
/** It falls over after two seconds, and is started again; nothing was counted before. */
const loop = (_: string, at: number): Reply =>
  at < 1900 ? young(_, at) : health({ services: [{ restarts: Math.floor(at / 2000), age: (at % 2000) / 1000 }] })
/** There is always one that was started a moment ago, and none of them fails. */
const busy = health({ services: [{ age: 0.1 }] })

/** What both sentences agree upon. */
const both = (sentence: string): Row[] => [
  ['so', sentence, health({}), 'holds'],
  [
    'so',
    sentence,
    health({
      services: [
        { restarts: 1, age: 3 },
        { restarts: 7, age: 31 },
      ],
    }),
    'holds',
  ],
  ['so', sentence, { replies: young }, 'holds'],
  ['so', sentence, busy, 'holds'],
  ['so', `${sentence} now`, { replies: young }, 'holds'],
  ['not so', sentence, { replies: loop }, 'not met', /keep restarting \(web\.service\)/],
  ['so', sentence, health({ services: [{ type: 'oneshot', active: 'activating', sub: 'start' }] }), 'holds'],
  ['not so', sentence, degraded, 'not met', /1 unit failed \(web\.service\)/],
  ['not so', sentence, starting, 'not met', /waiting for web\.service/],
  ['not so', sentence, health({ services: [{ restarts: 40, age: 1 }] }), 'not met', /keep restarting \(web\.service\)/],
  [
    'not so',
    sentence,
    health({ services: [{ restarts: 3, age: 29 }] }),
    'not met',
    /3 restarts, the last one 29 s ago/,
  ],
  [
    'not so',
    sentence,
    health({ services: [{ active: 'activating', sub: 'auto-restart' }] }),
    'not met',
    /keep restarting/,
  ],
  [
    'not so',
    sentence,
    health({ services: [{ type: 'notify', active: 'activating', sub: 'start' }] }),
    'not met',
    /still being started \(web\.service\)/,
  ],
  [
    'unreadable',
    sentence,
    answered(sections().map((said, i) => (i === 1 ? { code: 1 } : said))),
    'could not check',
    /list of failed units/,
  ],
  ['unreadable', sentence, health({ state: 'degraded' }), 'could not check', /list of units could not be read/],
  [
    'unreadable',
    sentence,
    answered(sections().map((said, i) => (i === 3 ? '' : said))),
    'could not check',
    /list of units could not be read/,
  ],
  ...unknown(sentence, sections()),
]

const without = {
  absent: 'there is always a system',
  hostile: 'it names nothing, and names of units hold nothing but letters, digits and : _ . \\ @ -',
}

export const healthRows: ClaimTable = {
  'the system is running{tail}': {
    without,
    rows: [
      ...both('the system is running'),
      ['not so', 'the system is running', health({ state: 'maintenance' }), 'not met', /maintenance/],
      [
        'unreadable',
        'the system is running',
        answered([{ code: 1, out: 'gibberish' }, '', '', '', '']),
        'could not check',
      ],
    ],
  },
  'no unit has failed{tail}': {
    without,
    rows: [
      ...both('no unit has failed'),
      ['not so', 'no unit has failed', health({ state: 'maintenance' }), 'not met', /had not finished starting/],
      ['not so', 'no unit has failed now', degraded, 'not met', /had failed units/],
    ],
  },
}
