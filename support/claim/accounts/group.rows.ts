import { type ClaimTable, type Row, unknown } from '../rows/row.ts'
import { type GroupAnswer, groupAnswer, groupSections, NOT_FOUND, SIMON } from './account.answers.ts'

const absent = (sentence: string, answer: GroupAnswer = {}): Row[] => [
  [
    'absent',
    sentence,
    groupAnswer({ ...answer, group: NOT_FOUND }),
    'not met',
    /^group whele on box was not there: there is no such group, did you mean wheel\?/,
  ],
  [
    'absent',
    sentence,
    groupAnswer({ ...answer, group: NOT_FOUND, state: 'starting' }),
    'not met',
    /was not there within 5 s/,
  ],
]

const untold = (sentence: string, answer: GroupAnswer = {}): Row[] => [
  ...unknown(sentence, groupSections(answer)),
  ['unreadable', sentence, groupAnswer({ ...answer, group: { code: 1 } }), 'could not check', /getent has failed/],
  ['tool missing', sentence, groupAnswer({ ...answer, group: { code: 127 } }), 'could not check', /there is no getent/],
]

const OTHER = 'other:x:1234:'
const DOMAIN = { group: 'domain users:*:513:', member: 'ad\\simon:*:2000:513::/:/bin/sh', ids: '1' }
/** Not named by the group. */
const LACKS = { group: 'docker:x:131:', member: SIMON, ids: '1' }
const HAS = { group: 'wheel:x:1:', member: SIMON, ids: '1' }

/** The groups of a user who is there are not told. */
const noIds = (sentence: string): Row[] => [
  [
    'unreadable',
    sentence,
    groupAnswer({ ...LACKS, ids: { code: 1, out: 'Unknown database' } }),
    'could not check',
    /Unknown database/,
  ],
  ['unreadable', sentence, groupAnswer({ ...LACKS, member: { code: 3 } }), 'could not check', /getent has failed/],
  [
    'tool missing',
    sentence,
    groupAnswer({ ...LACKS, ids: { code: 127, out: 'getent: not found' } }),
    'could not check',
  ],
  ['cut off', sentence, groupAnswer({ ...LACKS, ids: { code: 0, out: 'sim' } }), 'could not check'],
]

export const groupRows: ClaimTable = {
  'group {account} exists{tail}': {
    rows: [
      ['so', 'group "wheel" exists', groupAnswer(), 'holds'],
      ['so', 'group "wheel" exists', groupAnswer({ state: { code: 127 } }), 'holds'],
      [
        'not so',
        'group "whele" exists',
        groupAnswer({ group: NOT_FOUND }),
        'not met',
        /did not exist: there is no such group, did you/,
      ],
      ['absent', 'group "whele" exists', groupAnswer({ group: NOT_FOUND, state: 'starting' }), 'not met', /within 5 s/],
      ['hostile', 'group "1234" exists', groupAnswer({ group: OTHER }), 'not met'],
      ['hostile', 'group "" exists', groupAnswer(), 'refused', /no name of a user or group/],
      ['hostile', 'group "domain users" exists', groupAnswer({ group: DOMAIN.group }), 'holds'],
      ...untold('group "wheel" exists'),
    ],
  },
  'group {account} does not exist{tail}': {
    rows: [
      ['so', 'group "ghost" does not exist', groupAnswer({ group: NOT_FOUND }), 'holds'],
      ['absent', 'group "ghost" does not exist', groupAnswer({ group: NOT_FOUND, state: { code: 127 } }), 'holds'],
      ['not so', 'group "wheel" does not exist', groupAnswer(), 'not met', /still existed after 5 s/],
      ['hostile', 'group "1234" does not exist', groupAnswer({ group: OTHER }), 'holds'],
      ['hostile', 'group "1234" does not exist', groupAnswer({ group: '1234:x:7:' }), 'not met'],
      ...untold('group "ghost" does not exist', { group: NOT_FOUND }),
    ],
  },
  'group {account} has member {account}{tail}': {
    rows: [
      ['so', 'group "wheel" has member "simon"', groupAnswer(HAS), 'holds'],
      [
        'so',
        'group "wheel" has member "ghost"',
        groupAnswer({ group: 'wheel:x:1:ghost', member: NOT_FOUND, ids: { code: 1 } }),
        'holds',
      ],
      [
        'so',
        'group "wheel" has member "simon"',
        groupAnswer({ group: 'wheel:x:1:simon', member: { code: 3 } }),
        'holds',
      ],
      [
        'not so',
        'group "docker" has member "simon"',
        groupAnswer(LACKS),
        'not met',
        /did not have member simon[\s\S]*no members/,
      ],
      [
        'not so',
        'group "docker" has member "ghost"',
        groupAnswer({ ...LACKS, member: NOT_FOUND, ids: { code: 1 } }),
        'not met',
      ],
      ['hostile', 'group "domain users" has member "ad\\simon"', groupAnswer(DOMAIN), 'holds'],
      [
        'hostile',
        'group "wheel" has member "1000"',
        groupAnswer({ ...LACKS, group: 'wheel:x:1:', ids: '1' }),
        'not met',
      ],
      ...absent('group "whele" has member "simon"', HAS),
      ...noIds('group "docker" has member "simon"'),
      ...untold('group "wheel" has member "simon"', HAS),
    ],
  },
  'group {account} does not have member {account}{tail}': {
    rows: [
      ['so', 'group "docker" does not have member "simon"', groupAnswer(LACKS), 'holds'],
      [
        'so',
        'group "docker" does not have member "ghost"',
        groupAnswer({ ...LACKS, member: NOT_FOUND, ids: { code: 1 } }),
        'holds',
      ],
      [
        'not so',
        'group "wheel" does not have member "simon"',
        groupAnswer(HAS),
        'not met',
        /still had member simon after 5 s/,
      ],
      [
        'not so',
        'group "wheel" does not have member "ghost"',
        groupAnswer({ group: 'wheel:x:1:a,ghost', member: NOT_FOUND }),
        'not met',
      ],
      ['hostile', 'group "domain users" does not have member "ad\\simon"', groupAnswer(DOMAIN), 'not met'],
      // a list may have entries that no name finds, as those of NIS that begin with + or -
      [
        'hostile',
        'group "users" does not have member "simon"',
        groupAnswer({ group: 'users:x:100:', member: NOT_FOUND, ids: { code: 1 } }),
        'holds',
      ],
      ['hostile', 'group "docker" does not have member "-1"', groupAnswer({ ...LACKS, member: '' }), 'holds'],
      ...absent('group "whele" does not have member "simon"', LACKS),
      ...noIds('group "docker" does not have member "simon"'),
      ...untold('group "docker" does not have member "simon"', LACKS),
    ],
  },
  'group {account} has gid {int}{tail}': {
    rows: [
      ['so', 'group "wheel" has gid 1', groupAnswer(), 'holds'],
      ['not so', 'group "wheel" has gid 10', groupAnswer(), 'not met', /did not have gid 10[\s\S]*gid 1/],
      ['hostile', 'group "a b" has gid 7', groupAnswer({ group: 'a b:x:007:' }), 'holds'],
      ...absent('group "whele" has gid 1'),
      ...untold('group "wheel" has gid 1'),
    ],
  },
}
