import { answered } from '../../probe/testing/answered.ts'
import { type ClaimTable, cutOff, type Reply, type Row, unknown } from '../rows/row.ts'
import * as unit from './unit.answers.ts'
import { unitAnswer, unitSections } from './unit.answers.ts'

const NAMES = { names: 'nginx.service\nsshd.service' }
const missing = unitAnswer(unit.absent, NAMES)
const ABSENT = /^ngnix\.service on box was not there: there is no unit ngnix\.service, did you mean nginx\.service\?/
const HOSTILE_NAME = 'a name with anything else than letters, digits and : _ . \\ @ - is refused, see readUnit'
const sections = unitSections([unit.runs])

/** For each state: what has it, and what has not. */
const STATES: Readonly<Record<string, { so: readonly unit.UnitAnswer[]; not: readonly unit.UnitAnswer[] }>> = {
  active: {
    so: [unit.runs, { ...unit.runs, ActiveState: 'reloading' }, { ...unit.runs, SubState: 'exited', MainPID: 0 }],
    not: [unit.dead, unit.failed, unit.masked, { ...unit.dead, ActiveState: 'activating', SubState: 'start' }],
  },
  inactive: { so: [unit.dead, unit.masked], not: [unit.runs, unit.failed] },
  failed: { so: [unit.failed], not: [unit.runs, unit.dead] },
  enabled: {
    so: [
      unit.runs,
      { ...unit.dead, UnitFileState: 'enabled-runtime', WantedBy: '' },
      { ...unit.dead, UnitFileState: 'linked' },
      { ...unit.dead, UnitFileState: 'static', WantedBy: '', RequiredBy: 'x.target' },
      { ...unit.dead, UnitFileState: 'static', WantedBy: '', BoundBy: 'x.target' },
      { ...unit.dead, UnitFileState: 'static', WantedBy: '', UpheldBy: 'x.target' },
    ],
    not: [
      { ...unit.runs, UnitFileState: 'disabled' },
      { ...unit.dead, UnitFileState: 'static', WantedBy: '' },
      unit.masked,
    ],
  },
  disabled: {
    so: [
      { ...unit.runs, UnitFileState: 'disabled' },
      { ...unit.dead, UnitFileState: 'linked', WantedBy: '' },
    ],
    not: [unit.runs, unit.masked, { ...unit.dead, UnitFileState: 'generated' }],
  },
  masked: { so: [unit.masked, { ...unit.dead, UnitFileState: 'masked-runtime' }], not: [unit.dead, unit.runs] },
}

const each = (words: string, positive: boolean): Row[] =>
  Object.entries(STATES).flatMap(([state, { so, not }]) => [
    ...(positive ? so : not).map(
      (facts): Row => ['so', `service "sshd" ${words} ${state}`, unitAnswer(facts), 'holds'],
    ),
    ...(positive ? not : so).map(
      (facts): Row => ['not so', `service "sshd" ${words} ${state}`, unitAnswer(facts), 'not met'],
    ),
    ['absent', `service "ngnix" ${words} ${state}`, missing, 'not met', ABSENT] as Row,
  ])

/** Every two seconds it falls over, and looks well in between. */
const loop = (_: string, at: number): Reply =>
  at % 2000 < 200
    ? unitAnswer({ ...unit.restarts, NRestarts: 1 + Math.floor(at / 2000) })
    : unitAnswer({ ...unit.runs, NRestarts: 1 + Math.floor(at / 2000) }, { age: (at % 2000) / 1000 })
/** The same from its first start on: nothing was counted in the first two seconds. */
const firstRun = (script: string, at: number): Reply =>
  at < 1900 ? unitAnswer(unit.runs, { age: at / 1000 }) : loop(script, at)
/** Started when the sentence begins, and well. */
const young = (_: string, at: number): Reply => unitAnswer(unit.runs, { age: at / 1000 })
const LOOP = /^sshd\.service on box kept restarting within 60 s/

const gone = { ...unit.failed, LoadState: 'not-found', UnitFileState: '', WantedBy: '' }

export const serviceRows: ClaimTable = {
  'service {unit} is {unit-state}{tail}': {
    without: { hostile: HOSTILE_NAME },
    rows: [
      ...each('is', true),
      ...unknown('service "sshd" is active', sections),
      ...unknown('service "sshd" is inactive', unitSections([unit.dead])),
      ['so', 'service "sshd" is active', unitAnswer({ ...unit.runs, NRestarts: 1 }, { age: 3 }), 'holds'],
      ['so', 'service "sshd" is active', unitAnswer({ ...unit.runs, NRestarts: 9 }, { age: 30 }), 'holds'],
      [
        'so',
        'service "job" is active',
        unitAnswer({ ...unit.runs, SubState: 'exited', MainPID: 0, NRestarts: 2 }),
        'holds',
      ],
      ['so', 'service "sshd" is failed', unitAnswer(gone), 'holds'],
      [
        'not so',
        'service "sshd" is active now',
        unitAnswer({ ...unit.runs, NRestarts: 1 }, { age: 2 }),
        'not met',
        /kept restarting/,
      ],
      [
        'not so',
        'service "sshd" is active now',
        unitAnswer({ ...unit.runs, NRestarts: 9 }, { age: 29 }),
        'not met',
        /9 restarts, the last one 29 s ago/,
      ],
      ['not so', 'service "sshd" is active', { replies: loop }, 'not met', LOOP],
      ['not so', 'service "sshd" is active', { replies: firstRun }, 'not met', LOOP],
      ['so', 'service "sshd" is active', { replies: young }, 'holds'],
      ['so', 'service "sshd" is active within 1 second', { replies: young }, 'holds'],
      ['so', 'service "sshd" is active now', { replies: young }, 'holds'],
      ['not so', 'service "sshd" is failed', unitAnswer(unit.restarts), 'not met', /kept restarting/],
      ['not so', 'service "sshd" is active', unitAnswer(unit.failed), 'not met', /it failed for good \(exit-code\)/],
      [
        'not so',
        'service "sshd" is active',
        unitAnswer({ ...unit.dead, LoadState: 'bad-setting' }),
        'not met',
        /could not load its unit file/,
      ],
      ['absent', 'service "ngnix" is active', comesLate(), 'holds'],
    ],
  },
  'service {unit} is not {unit-state}{tail}': {
    without: { hostile: HOSTILE_NAME },
    rows: [
      ...each('is not', false),
      ...unknown('service "sshd" is not failed', sections),
      ...unknown('service "sshd" is not active', unitSections([unit.dead])),
      ['not so', 'service "sshd" is not active', { replies: loop }, 'not met', LOOP],
      ['not so', 'service "sshd" is not active', unitAnswer(unit.restarts), 'not met', LOOP],
      ['not so', 'service "sshd" is not failed', unitAnswer(unit.restarts), 'not met', LOOP],
      [
        'not so',
        'service "sshd" is not active within 3 seconds',
        unitAnswer(unit.runs),
        'not met',
        /was still active after 3 s/,
      ],
    ],
  },
  'service {unit} stays {unit-state} for {duration}{place}': {
    without: { hostile: HOSTILE_NAME },
    rows: [
      ['so', 'service "sshd" stays active for 10 seconds', unitAnswer(unit.runs), 'holds'],
      ['so', 'service "sshd" stays inactive for 10 seconds', unitAnswer(unit.dead), 'holds'],
      ['so', 'service "sshd" stays inactive for 10 seconds', forgotten(), 'holds'],
      ['not so', 'service "sshd" stays active for 10 seconds', unitAnswer(unit.dead), 'not met'],
      [
        'not so',
        'service "sshd" stays active for 10 seconds',
        later(unit.runs, unit.dead),
        'not met',
        /did not stay active for 10 s/,
      ],
      [
        'not so',
        'service "sshd" stays active for 10 seconds',
        later(unit.runs, { ...unit.runs, InvocationID: 'bbbb' }),
        'not met',
        /started anew/,
      ],
      [
        'not so',
        'service "sshd" stays inactive for 10 seconds',
        later(unit.dead, { ...unit.dead, InvocationID: 'bbbb' }),
        'not met',
        /started anew/,
      ],
      ['not so', 'service "sshd" stays active for 10 seconds', { replies: loop }, 'not met'],
      ['absent', 'service "ngnix" stays inactive for 10 seconds', missing, 'not met'],
      ['absent', 'service "ngnix" stays disabled for 10 seconds', missing, 'not met'],
      [
        'cut off',
        'service "sshd" stays active for 25 seconds',
        silentFrom(2000, 22_000),
        'could not check',
        /nothing was seen for/,
      ],
      ...unknown('service "sshd" stays active for 10 seconds', sections),
    ],
  },
  'service {unit} exists{tail}': {
    without: { absent: 'it is about existence itself', hostile: HOSTILE_NAME },
    rows: [
      ['so', 'service "sshd" exists', unitAnswer(unit.dead), 'holds'],
      ['so', 'service "sshd" exists', unitAnswer(unit.masked), 'holds'],
      ['so', 'service "sshd" exists', unitAnswer(gone), 'holds'],
      ['not so', 'service "ngnix" exists', missing, 'not met', /there is no unit ngnix\.service, did you mean nginx/],
      ...unknown('service "sshd" exists', sections),
    ],
  },
  'service {unit} does not exist{tail}': {
    without: { absent: 'it is about existence itself', hostile: HOSTILE_NAME },
    rows: [
      ['so', 'service "ngnix" does not exist', missing, 'holds'],
      ['not so', 'service "sshd" does not exist', unitAnswer(unit.dead), 'not met', /still existed/],
      ['not so', 'service "sshd" does not exist', unitAnswer(gone), 'not met', /its unit file is gone/],
      ...unknown('service "ngnix" does not exist', unitSections([unit.absent])),
    ],
  },
  'service {unit} has {string} set to {string}{tail}': {
    rows: [
      ['so', 'service "sshd" has "Restart" set to "always"', property('Restart=always'), 'holds'],
      ['so', 'service "sshd" has "Environment" set to ""', property('Environment='), 'holds'],
      ['so', 'service "sshd" has "ExecStart" set to "one\ntwo"', property('ExecStart=one\nExecStart=two'), 'holds'],
      ['so', 'service "sshd" has "Restart" set to "no"', property('Restart=no', 'not-found\nactive'), 'holds'],
      ['absent', 'service "sshd" has "Restart" set to "no"', property('Restart=no', 'not-found\ninactive'), 'not met'],
      ['not so', 'service "sshd" has "Restart" set to "always"', property('Restart=no'), 'not met', /Restart=no/],
      [
        'not so',
        'service "sshd" has "Restrat" set to "no"',
        property(''),
        'not met',
        /no property Restrat, did you mean Restart\?/,
      ],
      [
        'absent',
        'service "ngnix" has "Restart" set to "no"',
        property('Restart=no', 'not-found'),
        'not met',
        /was not there: there is no unit ngnix/,
      ],
      ['hostile', 'service "sshd" has "User" set to "root"', property('User=\nUser=root'), 'not met'],
      [
        'hostile',
        'service "sshd" has "Restart" set to "no"',
        property('Restart=always', 'loaded', 'ExecStart=sh -c x\nRestart=no'),
        'not met',
      ],
      ...unknown('service "sshd" has "Restart" set to "always"', propertySections('Restart=always')),
    ],
  },
  'these services are {unit-state}{tail}:': {
    without: { hostile: HOSTILE_NAME },
    rows: [
      ['so', 'these services are active:', table([unit.runs, unit.runs]), 'holds'],
      ['so', 'these services are masked:', table([unit.masked, unit.masked]), 'holds'],
      ['not so', 'these services are active:', table([unit.runs, unit.dead]), 'not met', /nginx\.service {2}inactive/],
      ['not so', 'these services are active now:', table([unit.runs, unit.restarts]), 'not met', /auto-restart/],
      ['not so', 'these services are inactive:', table([unit.dead, unit.runs]), 'not met'],
      ['absent', 'these services are inactive:', table([unit.dead, unit.absent]), 'not met', /no such unit/],
      [
        'absent',
        'these services are disabled:',
        table([unit.absent, unit.absent]),
        'not met',
        /2 rows can no longer come true/,
      ],
      ['cut off', 'these services are active:', table([unit.runs]), 'could not check'],
      ...unknown('these services are active:', unitSections([unit.runs, unit.runs]), { table: TABLE() }),
    ],
  },
}

/** The unit file is read while the system still starts. */
function comesLate() {
  const early = unitAnswer(unit.absent, { ...NAMES, system: 'starting' })
  return { replies: (_: string, at: number): Reply => (at < 5000 ? early : unitAnswer(unit.runs)) }
}

function later(before: unit.UnitAnswer, after: unit.UnitAnswer) {
  return { replies: (_: string, at: number): Reply => unitAnswer(at < 4000 ? before : after) }
}

/** systemd unloads what nothing needs, and knows of no start then. */
function forgotten() {
  return later({ ...unit.dead, InvocationID: 'aaaa' }, unit.dead)
}

function silentFrom(from: number, until: number) {
  return { replies: (_: string, at: number): Reply => (at >= from && at < until ? cutOff() : unitAnswer(unit.runs)) }
}

function propertySections(shown: string, load = 'loaded', all = 'Restart=no\nRestartUSec=100ms') {
  return ['running', load, shown, all]
}

function property(shown: string, load?: string, all?: string): Reply {
  return answered(propertySections(shown, load, all))
}

function TABLE() {
  return [['sshd'], ['nginx']]
}

function table(units: readonly unit.UnitAnswer[]) {
  return { table: TABLE(), replies: answered(unitSections(units)) }
}
