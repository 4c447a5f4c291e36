import { answered } from '../../probe/testing/answered.ts'
import { type ClaimTable, type Row, unknown } from '../rows/row.ts'
import { ABSENT, DIRECTORY, type FileAnswer, failed, fileAnswer, fileSections, REGULAR } from './file.answers.ts'

const LOOP = failed('Too many levels of symbolic links')

/** How it may be that nothing can be told of a path: neither that it is so, nor that it is not. */
const untold = (sentence: string, answer: FileAnswer): Row[] => [
  ...unknown(sentence, fileSections(answer)),
  ['unreadable', sentence, fileAnswer({ stat: LOOP }), 'could not check', /could not be checked.*symbolic links/],
  [
    'unreadable',
    sentence,
    fileAnswer({ stat: failed('Input/output error') }),
    'could not check',
    /Input\/output error/,
  ],
  ['unreadable', sentence, fileAnswer({ stat: failed('Permission denied') }), 'could not check', /ask as root/],
  ['unreadable', sentence, fileAnswer({ stat: 'no attributes' }), 'could not check', /could not be read/],
]

/** Of what is not there nothing but its absence is so. */
const notThere = (sentence: string): Row[] => [
  ['absent', sentence, fileAnswer({ stat: ABSENT }), 'not met', /^file \/x on box was not there within 20 s/],
  ['absent', sentence, fileAnswer({ stat: failed('Not a directory') }), 'not met', /was not there/],
  [
    'absent',
    sentence,
    fileAnswer({ stat: ABSENT, target: '/gone' }),
    'not met',
    /a link to \/gone, where there is noth/,
  ],
]

/** Names that look like what tools say: the last words count. */
const HOSTILE = "stat: cannot statx ': No such file or directory': Input/output error"
const hostile = (sentence: string): Row => [
  'hostile',
  sentence,
  fileAnswer({ stat: { code: 1, out: HOSTILE } }),
  'could not check',
]

const existence: ClaimTable = {
  '{file} exists{tail}': {
    rows: [
      ['so', 'file "/x" exists', fileAnswer(), 'holds'],
      ['so', 'file "/x" exists', fileAnswer({ stat: DIRECTORY, target: 'there' }), 'holds'],
      ['not so', 'file "/x" exists', fileAnswer({ stat: ABSENT }), 'not met', /did not exist within 20 s/],
      ['absent', 'file "/x" exists', fileAnswer({ stat: failed('Not a directory') }), 'not met'],
      ...untold('file "/x" exists', {}),
      hostile('file "/x" exists'),
    ],
  },
  '{file} does not exist{tail}': {
    rows: [
      ['so', 'file "/x" does not exist', fileAnswer({ stat: ABSENT }), 'holds'],
      ['absent', 'file "/x" does not exist', fileAnswer({ stat: failed('Not a directory') }), 'holds'],
      ['absent', 'file "/x" does not exist', fileAnswer({ stat: ABSENT, target: '/gone' }), 'holds'],
      ['not so', 'file "/x" does not exist', fileAnswer(), 'not met', /still existed after 20 s/],
      ...untold('file "/x" does not exist', { stat: ABSENT }),
      hostile('file "/x" does not exist'),
    ],
  },
}

const NAMED = { stat: "81a0 5 0 100\nUNKNOWN\ndomain users (x)' 0 0" }

const kind: ClaimTable = {
  '{file} is a directory{tail}': {
    rows: [
      ['so', 'file "/x" is a directory', fileAnswer({ stat: DIRECTORY }), 'holds'],
      ['not so', 'file "/x" is a directory', fileAnswer(), 'not met', /was not a directory/],
      ...notThere('file "/x" is a directory'),
      ...untold('file "/x" is a directory', { stat: DIRECTORY }),
      hostile('file "/x" is a directory'),
    ],
  },
  '{file} is not a directory{tail}': {
    rows: [
      ['so', 'file "/x" is not a directory', fileAnswer(), 'holds'],
      ['not so', 'file "/x" is not a directory', fileAnswer({ stat: DIRECTORY }), 'not met', /was still a directory/],
      ...notThere('file "/x" is not a directory'),
      ...untold('file "/x" is not a directory', {}),
      hostile('file "/x" is not a directory'),
    ],
  },
  '{file} is a link to {string}{tail}': {
    rows: [
      ['so', 'file "/x" is a link to "y"', fileAnswer({ target: 'y', resolved: '/y' }), 'holds'],
      ['so', 'file "/x" is a link to "/y"', fileAnswer({ target: 'y', resolved: '/y' }), 'holds'],
      ['so', 'file "/x" is a link to "/gone"', fileAnswer({ stat: ABSENT, target: '/gone' }), 'holds'],
      [
        'so',
        'file "/x" is a link to "x"',
        answered(['', ...fileSections({ target: 'x' }).slice(1)].with(0, LOOP)),
        'holds',
      ],
      [
        'not so',
        'file "/x" is a link to "/z"',
        fileAnswer({ target: 'y', resolved: '/y' }),
        'not met',
        /was not a link/,
      ],
      ['not so', 'file "/x" is a link to "/y"', fileAnswer(), 'not met', /a file, 5 bytes, root:users 0640/],
      ['not so', 'file "/x" is a link to "/z"', fileAnswer({ stat: ABSENT, target: 'y', resolved: '' }), 'not met'],
      ['absent', 'file "/x" is a link to "/y"', fileAnswer({ stat: ABSENT }), 'not met', /was not there/],
      [
        'hostile',
        'file "/x" is a link to "/caf\ufffd"',
        fileAnswer({ target: Buffer.from('/caf\xe9', 'latin1') }),
        'not met',
      ],
      ['hostile', 'file "/x" is a link to "/y"', fileAnswer({ target: '/y\n' }), 'not met'],
      [
        'unreadable',
        'file "/x" is a link to "/y"',
        answered([LOOP, 'x.', '', '', '', '']),
        'could not check',
        /symbolic/,
      ],
      [
        'unreadable',
        'file "/x" is a link to "/y"',
        answered([REGULAR, { code: 1 }, '', '', '', '']),
        'could not check',
      ],
      [
        'unreadable',
        'file "/x" is a link to "/y"',
        answered([REGULAR, 'x.', { code: 124 }, '', '', '']),
        'could not check',
      ],
      ...untold('file "/x" is a link to "/y"', {}),
    ],
  },
}

const attributes: ClaimTable = {
  '{file} has mode {mode}{tail}': {
    rows: [
      ['so', 'file "/x" has mode "0640"', fileAnswer(), 'holds'],
      ['so', 'file "/x" has mode "640"', fileAnswer(), 'holds'],
      ['so', 'file "/x" has mode "4755"', fileAnswer({ stat: '89ed 5 0 0\nroot\nroot' }), 'holds'],
      ['so', 'file "/x" has mode "01777"', fileAnswer({ stat: '43ff 5 0 0\nroot\nroot' }), 'holds'],
      ['not so', 'file "/x" has mode "755"', fileAnswer({ stat: '89ed 5 0 0\nroot\nroot' }), 'not met', /mode 4755/],
      ['not so', 'file "/x" has mode "0641"', fileAnswer(), 'not met'],
      ['not so', 'file "/x" has mode "0648"', fileAnswer(), 'refused', /octal/],
      ['not so', 'file "/x" has mode "rw-r-----"', fileAnswer(), 'refused', /octal/],
      ['hostile', 'file "/x" has mode "0640"', fileAnswer(NAMED), 'holds'],
      ...notThere('file "/x" has mode "0640"'),
      ...untold('file "/x" has mode "0640"', {}),
    ],
  },
  '{file} has owner {string}{tail}': {
    rows: [
      ['so', 'file "/x" has owner "root"', fileAnswer({ owner: 'root:x:0:0::/root:/bin/sh' }), 'holds'],
      ['so', 'file "/x" has owner "toor"', fileAnswer({ owner: 'toor:x:0:0::/root:/bin/sh' }), 'holds'],
      ['so', 'file "/x" has owner "0"', fileAnswer({ owner: 'root:x:0:0::/root:/bin/sh' }), 'holds'],
      [
        'not so',
        'file "/x" has owner "simon"',
        fileAnswer({ owner: 'simon:x:1000:100::/:/bin/sh' }),
        'not met',
        /owner root/,
      ],
      ['not so', 'file "/x" has owner "ghost"', fileAnswer({ owner: { code: 2 } }), 'not met'],
      ['not so', 'file "/x" has owner "0"', fileAnswer({ owner: '0:x:7:7::/:/bin/sh' }), 'not met'],
      [
        'hostile',
        'file "/x" has owner "UNKNOWN"',
        fileAnswer({ ...NAMED, owner: { code: 2 } }),
        'not met',
        /with uid 0/,
      ],
      ['unreadable', 'file "/x" has owner "root"', fileAnswer({ owner: { code: 1 } }), 'could not check', /getent/],
      [
        'tool missing',
        'file "/x" has owner "root"',
        fileAnswer({ owner: { code: 127 } }),
        'could not check',
        /no getent/,
      ],
      ...notThere('file "/x" has owner "root"'),
      ...untold('file "/x" has owner "root"', { owner: 'root:x:0:0::/root:/bin/sh' }),
    ],
  },
  '{file} has group {string}{tail}': {
    rows: [
      ['so', 'file "/x" has group "users"', fileAnswer({ group: 'users:x:100:' }), 'holds'],
      ['so', 'file "/x" has group "100"', fileAnswer({ group: '' }), 'holds'],
      ['not so', 'file "/x" has group "wheel"', fileAnswer({ group: 'wheel:x:1:' }), 'not met', /group users/],
      ['not so', 'file "/x" has group "ghost"', fileAnswer({ group: { code: 2 } }), 'not met'],
      [
        'hostile',
        'file "/x" has group "domain users"',
        fileAnswer({ ...NAMED, group: 'domain users:x:100:' }),
        'holds',
      ],
      ['unreadable', 'file "/x" has group "users"', fileAnswer({ group: { code: 3 } }), 'could not check', /getent/],
      [
        'tool missing',
        'file "/x" has group "users"',
        fileAnswer({ group: { code: 127 } }),
        'could not check',
        /no getent/,
      ],
      ...notThere('file "/x" has group "users"'),
      ...untold('file "/x" has group "users"', { group: 'users:x:100:' }),
    ],
  },
}

export const fileRows: ClaimTable = { ...existence, ...kind, ...attributes }
