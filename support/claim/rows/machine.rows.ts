import { answered, type Said } from '../../probe/testing/answered.ts'
import { type ClaimTable, cutOff, type Guest, printed, type Reply, type Row, type State, unknown } from './row.ts'

const LOST = /it was lost, and nothing tells how it is/
/** No answer; a lost connection would say the same after a quarter of a second of real time for each look. */
const gone = cutOff()
const without = {
  absent: 'a machine that is in no play is refused before',
  'tool missing': 'the power of a machine is seen from outside',
  hostile: 'machines have names of their own, known before the run',
} as const

const off: Guest = { state: 'off' }
const panicked: Guest = { state: 'panicked', console: 'Kernel panic - not syncing' }
const lost: Guest = { state: 'lost' }

const bootSections = (id: string, system = 'running'): Said[] => [
  { code: system === 'running' ? 0 : 1, out: system },
  id,
]

/** One boot until the machine is sent away, and after that this. */
function sentAway(after: (at: number) => Reply, state?: State | ((at: number) => State)): Guest {
  let isAway = false
  return {
    before: ['I run "reboot"'],
    replies(script, at) {
      if (script === 'reboot') isAway = true
      if (script === 'reboot') return printed('')
      return isAway ? after(at) : answered(bootSections('one'))
    },
    ...(state && { state }),
  }
}
const back = (id: string, system?: string): Guest => sentAway(() => answered(bootSections(id, system)))

const BACK = 'machine "box" comes back'

export const machineRows: ClaimTable = {
  'machine {string} is off{within}': {
    without,
    rows: [
      ['so', 'machine "box" is off', off, 'holds'],
      ['so', 'machine "box" is off', { state: at => (at < 5000 ? 'running' : 'off'), replies: gone }, 'holds'],
      [
        'not so',
        'machine "box" is off',
        { replies: answered(bootSections('one')) },
        'not met',
        /was not off within 30 s/,
      ],
      ['not so', 'machine "box" is off', panicked, 'not met'],
      ['unreadable', 'machine "box" is off', lost, 'could not check', LOST],
      ['cut off', 'machine "box" is off', { replies: gone }, 'not met', /was not off/],
    ],
  },
  'machine {string} has panicked{within}': {
    without,
    rows: [
      ['so', 'machine "box" has panicked', panicked, 'holds'],
      [
        'not so',
        'machine "box" has panicked',
        { replies: answered(bootSections('one')) },
        'not met',
        /had not panicked/,
      ],
      ['not so', 'machine "box" has panicked', off, 'not met'],
      ['unreadable', 'machine "box" has panicked', lost, 'could not check', LOST],
      ['cut off', 'machine "box" has panicked', { replies: gone }, 'not met'],
    ],
  },
  'machine {string} comes back{within}': {
    without: { ...without, 'tool missing': 'see unreadable: what systemd answers is asked for with the boot id' },
    rows: [
      ['so', BACK, back('two'), 'holds'],
      ['so', BACK, back('two', 'degraded'), 'holds'],
      ['so', BACK, sentAway(at => (at < 60_000 ? gone : answered(bootSections('two')))), 'holds'],
      ['not so', BACK, back('one'), 'not met', /the same boot as before/],
      ['not so', BACK, back('two', 'starting'), 'not met', /another boot, starting/],
      ['not so', BACK, sentAway(() => gone), 'not met', /powered on, but it does not answer/],
      [
        'not so',
        BACK,
        sentAway(
          () => gone,
          at => (at < 1000 ? 'running' : 'off'),
        ),
        'not met',
        /it is off, and no step/,
      ],
      [
        'not so',
        BACK,
        { replies: answered(bootSections('one')) },
        'refused',
        /nothing in this scenario has sent it away/,
      ],
      [
        'unreadable',
        BACK,
        sentAway(
          () => gone,
          at => (at < 1000 ? 'running' : 'lost'),
        ),
        'could not check',
        LOST,
      ],
      ...unanswered(),
    ],
  },
}

/** A boot whose answer cannot be read. */
function unanswered(): Row[] {
  return unknown(BACK, bootSections('two'))
    .map(([kind, sentence, guest]): Row => {
      const reply = (guest as { replies: Reply }).replies
      return [kind, sentence, sentAway(() => reply), reply instanceof Error ? 'not met' : 'could not check']
    })
    .filter(([kind]) => kind !== 'tool missing')
}
