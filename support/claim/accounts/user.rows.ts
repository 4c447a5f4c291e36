import { type ClaimTable, type Guest, type Row, unknown } from '../rows/row.ts'
import { NOT_FOUND, SIMON, type UserAnswer, userAnswer, userSections } from './account.answers.ts'

const absent = (sentence: string, answer: UserAnswer = {}): Row[] => [
  [
    'absent',
    sentence,
    userAnswer({ ...answer, user: NOT_FOUND }),
    'not met',
    /^user simno on box was not there: there is no user simno, did you mean simon\?/,
  ],
  [
    'absent',
    sentence,
    userAnswer({ ...answer, user: NOT_FOUND, state: 'starting' }),
    'not met',
    /was not there within 5 s/,
  ],
]

/** What a directory, a full disk or a missing tool leaves untold. */
const untold = (sentence: string, answer: UserAnswer = {}, guest: Guest = {}): Row[] => [
  ...unknown(sentence, userSections(answer), guest),
  [
    'unreadable',
    sentence,
    { ...guest, replies: userAnswer({ ...answer, user: { code: 1 } }) },
    'could not check',
    /getent has failed/,
  ],
  [
    'tool missing',
    sentence,
    { ...guest, replies: userAnswer({ ...answer, user: { code: 127 } }) },
    'could not check',
    /there is no getent/,
  ],
]

const OTHER = 'other:x:1234:1::/:/bin/sh'

const existence: ClaimTable = {
  'user {account} exists{tail}': {
    rows: [
      ['so', 'user "simon" exists', userAnswer(), 'holds'],
      ['so', 'user "simon" exists', userAnswer({ state: { code: 127 } }), 'holds'],
      ['so', 'user "simon" exists', userAnswer({ users: { code: 1 } }), 'holds'],
      [
        'not so',
        'user "simno" exists',
        userAnswer({ user: NOT_FOUND }),
        'not met',
        /did not exist: there is no user simno, did/,
      ],
      ['absent', 'user "simno" exists', userAnswer({ user: NOT_FOUND, state: 'starting' }), 'not met', /within 5 s/],
      ['hostile', 'user "1234" exists', userAnswer({ user: OTHER }), 'not met'],
      ['hostile', 'user "simon:x" exists', userAnswer(), 'refused', /no name of a user or group/],
      ['hostile', 'user "" exists', userAnswer(), 'refused', /no name of a user or group/],
      ['hostile', 'user "Simon" exists', userAnswer({ user: NOT_FOUND }), 'not met'],
      ...untold('user "simon" exists'),
    ],
  },
  'user {account} does not exist{tail}': {
    rows: [
      ['so', 'user "ghost" does not exist', userAnswer({ user: NOT_FOUND }), 'holds'],
      ['absent', 'user "ghost" does not exist', userAnswer({ user: NOT_FOUND, state: { code: 127 } }), 'holds'],
      [
        'not so',
        'user "simon" does not exist',
        userAnswer(),
        'not met',
        /existed: it is there, and users do not vanish/,
      ],
      ['not so', 'user "simon" does not exist', userAnswer({ state: 'starting' }), 'not met', /existed after 5 s/],
      ['hostile', 'user "1234" does not exist', userAnswer({ user: OTHER }), 'holds'],
      ['hostile', 'user "1234" does not exist', userAnswer({ user: '1234:x:7:7::/:/bin/sh' }), 'not met'],
      ...untold('user "ghost" does not exist', { user: NOT_FOUND }),
    ],
  },
}

const IN_WHEEL = { ids: '1', groups: 'wheel:x:1:simon' }
const NOT_IN = { ids: '', groups: 'docker:x:131:' }
const NO_GROUP = { ids: '1', groups: NOT_FOUND }

/** The groups are not told, though the user is known. */
const noGroups = (sentence: string): Row[] => [
  [
    'unreadable',
    sentence,
    userAnswer({ ...IN_WHEEL, ids: { code: 1, out: 'Unknown database: initgroups' } }),
    'could not check',
    /Unknown database/,
  ],
  ['unreadable', sentence, userAnswer({ ...IN_WHEEL, groups: { code: 3 } }), 'could not check', /getent has failed/],
  [
    'tool missing',
    sentence,
    userAnswer({ ...IN_WHEEL, ids: { code: 127, out: 'bash: getent: command not found' } }),
    'could not check',
    /getent: command not found/,
  ],
  ['cut off', sentence, userAnswer({ ...IN_WHEEL, ids: { code: 0, out: 'sim' } }), 'could not check', /sim/],
]

const membership: ClaimTable = {
  'user {account} is in group {account}{tail}': {
    rows: [
      ['so', 'user "simon" is in group "wheel"', userAnswer(IN_WHEEL), 'holds'],
      ['so', 'user "simon" is in group "users"', userAnswer({ ids: '1', groups: 'users:x:100:' }), 'holds'],
      [
        'not so',
        'user "simon" is in group "docker"',
        userAnswer(NOT_IN),
        'not met',
        /was not in group docker[\s\S]*in users/,
      ],
      [
        'not so',
        'user "simon" is in group "whele"',
        userAnswer(NO_GROUP),
        'not met',
        /in users, wheel; there is no group whele/,
      ],
      [
        'hostile',
        'user "simon" is in group "domain users"',
        userAnswer({ ids: '513', groups: 'domain users:*:513:' }),
        'holds',
      ],
      ['hostile', 'user "simon" is in group "1"', userAnswer({ ids: '1', groups: 'wheel:x:1:simon' }), 'not met'],
      ...absent('user "simno" is in group "wheel"', IN_WHEEL),
      ...noGroups('user "simon" is in group "wheel"'),
      ...untold('user "simon" is in group "wheel"', IN_WHEEL),
    ],
  },
  'user {account} is not in group {account}{tail}': {
    rows: [
      ['so', 'user "simon" is not in group "docker"', userAnswer(NOT_IN), 'holds'],
      ['so', 'user "simon" is not in group "whele"', userAnswer(NO_GROUP), 'holds'],
      [
        'not so',
        'user "simon" is not in group "wheel"',
        userAnswer(IN_WHEEL),
        'not met',
        /was still in group wheel after 5 s/,
      ],
      ['not so', 'user "simon" is not in group "admins"', userAnswer({ ids: '1', groups: 'admins:x:1:' }), 'not met'],
      [
        'hostile',
        'user "simon" is not in group "domain users"',
        userAnswer({ ids: '513', groups: 'domain users:*:513:' }),
        'not met',
      ],
      ['hostile', 'user "simon" is not in group "1"', userAnswer({ ids: '', groups: 'wheel:x:1:' }), 'holds'],
      ...absent('user "simno" is not in group "docker"', NOT_IN),
      ...noGroups('user "simon" is not in group "docker"'),
      ...untold('user "simon" is not in group "docker"', NOT_IN),
    ],
  },
}

const attributes: ClaimTable = {
  'user {account} has shell {string}{tail}': {
    rows: [
      ['so', 'user "simon" has shell "/run/current-system/sw/bin/zsh"', userAnswer(), 'holds'],
      [
        'not so',
        'user "simon" has shell "/bin/sh"',
        userAnswer(),
        'not met',
        /shell \/run\/current-system\/sw\/bin\/zsh/,
      ],
      ['hostile', 'user "a" has shell "/bin/a b"', userAnswer({ user: 'a:x:1:1:,,,:/:/bin/a b' }), 'holds'],
      ...absent('user "simno" has shell "/bin/sh"'),
      ...untold('user "simon" has shell "/run/current-system/sw/bin/zsh"'),
    ],
  },
  'user {account} has home {string}{tail}': {
    rows: [
      ['so', 'user "simon" has home "/home/simon"', userAnswer(), 'holds'],
      ['not so', 'user "simon" has home "/home"', userAnswer(), 'not met', /home \/home\/simon/],
      ['hostile', 'user "a" has home "/home/a b"', userAnswer({ user: 'a:x:1:1:/x:/home/a b:/bin/sh' }), 'holds'],
      ...absent('user "simno" has home "/home/simon"'),
      ...untold('user "simon" has home "/home/simon"'),
    ],
  },
  'user {account} has uid {int}{tail}': {
    rows: [
      ['so', 'user "simon" has uid 1000', userAnswer(), 'holds'],
      ['not so', 'user "simon" has uid 100', userAnswer(), 'not met', /did not have uid 100[\s\S]*uid 1000/],
      ['hostile', 'user "simon" has uid 1000', userAnswer({ user: SIMON.replace('1000', '01000') }), 'holds'],
      ...absent('user "simno" has uid 1000'),
      ...untold('user "simon" has uid 1000'),
    ],
  },
}

const THESE = 'these users exist:'
const rowOf = (cells: Readonly<Record<string, string>>): Pick<Guest, 'table'> => ({
  table: [Object.keys(cells), Object.values(cells)],
})
const all = rowOf({ user: 'simon', uid: '1000', groups: 'wheel, users', shell: '/run/current-system/sw/bin/zsh' })
const asked = { ids: '1', groups: 'wheel:x:1:simon\nusers:x:100:' }
const table = (cells: Readonly<Record<string, string>>, answer: UserAnswer): Guest => ({
  ...rowOf(cells),
  replies: userAnswer(answer),
})

const several: ClaimTable = {
  'these users exist{tail}:': {
    rows: [
      ['so', THESE, { ...all, replies: userAnswer(asked) }, 'holds'],
      ['so', THESE, table({ user: 'simon', uid: '001000' }, {}), 'holds'],
      ['not so', THESE, table({ user: 'simon', uid: '1001' }, {}), 'not met', /uid 1000 instead of uid 1001/],
      [
        'not so',
        THESE,
        table({ user: 'simon', groups: 'docker' }, NOT_IN),
        'not met',
        /in users instead of in group docker/,
      ],
      ['not so', THESE, table({ user: 'simon', uid: 'one' }, {}), 'refused', /no uid/],
      ['absent', THESE, table({ user: 'simno' }, { user: NOT_FOUND }), 'not met', /simno +no such user/],
      ['hostile', THESE, table({ user: '1234', uid: '1234' }, { user: OTHER }), 'not met'],
      [
        'hostile',
        THESE,
        table({ user: 'simon', groups: 'domain users' }, { ids: '513', groups: 'domain users:*:513:' }),
        'holds',
      ],
      [
        'unreadable',
        THESE,
        table({ user: 'simon', groups: 'wheel' }, { ...asked, ids: { code: 1 } }),
        'could not check',
      ],
      [
        'unreadable',
        THESE,
        table({ user: 'simon', uid: '7', groups: 'wheel' }, { ...asked, ids: { code: 1 } }),
        'not met',
      ],
      ...untold(THESE, asked, all),
    ],
  },
}

export const userRows: ClaimTable = { ...existence, ...membership, ...attributes, ...several }
