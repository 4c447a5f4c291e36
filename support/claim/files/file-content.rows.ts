import { answered } from '../../probe/testing/answered.ts'
import type { Reply } from '../rows/row.ts'
import { type ClaimTable, type Guest, type Row, unknown } from '../rows/row.ts'
import {
  ABSENT,
  DIRECTORY,
  type FileAnswer,
  failed,
  fileAnswer,
  fileSections,
  REGULAR,
  SHA256,
} from './file.answers.ts'

const LIMIT = 1_048_576
const LONG = Buffer.alloc(LIMIT + 1, 'x')
const LATE = Buffer.concat([Buffer.alloc(LIMIT, 'x'), Buffer.from('hello')]).subarray(0, LIMIT + 1)
const LATIN = Buffer.from('caf\xe9 hello\xff', 'latin1')
const UTF16 = Buffer.from('\ufeffsay hello\n', 'utf16le')
const UTF16_WITHOUT = Buffer.from('\ufeffsay nothing\n', 'utf16le')
/** No byte order mark says what they are. */
const UNMARKED = [UTF16.subarray(2), Buffer.from('hello', 'utf16le').swap16()]
const FORGED = '0 5\nhello\n1 0\n\n'

const HELD_OTHERWISE = /it is no UTF-8, and holds the text as UTF-16, without saying so/

/** Sections in which the content could not be read. */
const unread = (error: string, code = 1): Reply => answered([REGULAR, '', '', { code }, '', ''], `${error}\n`)

const rowsOf = (sentence: string, guest: Guest = {}) => {
  const row = (kind: Row[0], answer: FileAnswer, outcome: Row[3], says = /^/): Row => [
    kind,
    sentence,
    { ...guest, replies: fileAnswer(answer) },
    outcome,
    says,
  ]
  const untold: Row[] = [
    ...unknown(sentence, fileSections({ content: 'x' }), guest),
    row('absent', { stat: ABSENT }, 'not met', /^file \/x on box was not there/),
    row('absent', { stat: ABSENT, target: '/gone' }, 'not met', /was not there/),
    row('absent', { stat: DIRECTORY }, 'not met', /^file \/x on box was a directory/),
    row('unreadable', { stat: failed('Too many levels of symbolic links') }, 'could not check', /symbolic links/),
    row('unreadable', {}, 'could not check', /had gone when it was to be read/),
    [
      'unreadable',
      sentence,
      { ...guest, replies: unread('head: error reading /x: Input/output error') },
      'could not check',
    ],
    [
      'unreadable',
      sentence,
      { ...guest, replies: unread('head: /x: Permission denied') },
      'could not check',
      /ask as root/,
    ],
    [
      'tool missing',
      sentence,
      { ...guest, replies: unread('head: not found', 127) },
      'could not check',
      /head: not found/,
    ],
  ]
  return { row, untold }
}

const contains = rowsOf('file "/x" contains "hello"')
/** Long contents are looked at once. */
const containsNow = rowsOf('file "/x" contains "hello" now')
const lacksNow = rowsOf('file "/x" does not contain "hello" now')
const lacks = rowsOf('file "/x" does not contain "hello"')
const holdsText = rowsOf('file "/x" contains:', { text: 'one\ntwo' })
const sum = rowsOf(`file "/x" has sha256 "${SHA256}"`)

export const fileContentRows: ClaimTable = {
  '{file} contains {string}{tail}': {
    rows: [
      contains.row('so', { content: 'say hello\n' }, 'holds'),
      containsNow.row('so', { content: Buffer.concat([Buffer.from('hello'), LONG]) }, 'holds'),
      contains.row('not so', { content: 'say nothing\n' }, 'not met', /did not contain "hello"[\s\S]*say nothing/),
      contains.row('not so', { content: '' }, 'not met', /an empty file/),
      contains.row('hostile', { content: LATIN }, 'holds'),
      contains.row('so', { content: UTF16 }, 'holds'),
      contains.row('not so', { content: UTF16_WITHOUT }, 'not met', /did not contain "hello"[\s\S]*say nothing/),
      ...UNMARKED.map(content => contains.row('unreadable', { content }, 'could not check', HELD_OTHERWISE)),
      contains.row('unreadable', { content: UTF16_WITHOUT.subarray(0, -1) }, 'could not check', /begins as UTF-16LE/),
      contains.row('hostile', { content: FORGED }, 'holds'),
      contains.row('hostile', { content: '\u001eHELLO\0' }, 'not met'),
      containsNow.row('cut off', { content: LONG }, 'could not check', /longer than the 1048576 bytes/),
      containsNow.row('cut off', { content: LATE }, 'could not check'),
      ['not so', 'file "/x" contains ""', fileAnswer({ content: 'x' }), 'refused', /empty text/],
      [
        'not so',
        'secret file "/x" contains "hello"',
        fileAnswer({ content: 'hunter2' }),
        'not met',
        /^(?![\s\S]*hunter2)(?![\s\S]*hello)/,
      ],
      ...contains.untold,
    ],
  },
  '{file} does not contain {string}{tail}': {
    rows: [
      lacks.row('so', { content: 'say nothing\n' }, 'holds'),
      lacks.row('so', { content: '' }, 'holds'),
      lacksNow.row('so', { content: LONG.subarray(0, LIMIT) }, 'holds'),
      lacks.row(
        'not so',
        { content: 'say\nhello you\n' },
        'not met',
        /still contained "hello" after 20 s[\s\S]*hello you/,
      ),
      lacksNow.row('not so', { content: Buffer.concat([Buffer.from('hello'), LONG]) }, 'not met'),
      lacks.row('hostile', { content: LATIN }, 'not met'),
      lacks.row('so', { content: UTF16_WITHOUT }, 'holds'),
      lacks.row('so', { content: 'PATH=/bin\0HOME=/root\0' }, 'holds'),
      lacks.row('not so', { content: UTF16 }, 'not met', /still contained "hello" after 20 s[\s\S]*say hello/),
      ...UNMARKED.map(content => lacks.row('unreadable', { content }, 'could not check', HELD_OTHERWISE)),
      lacks.row('unreadable', { content: UTF16_WITHOUT.subarray(0, -1) }, 'could not check', /begins as UTF-16LE/),
      [
        'unreadable',
        'file "/x" does not contain "Grüße"',
        fileAnswer({ content: Buffer.from('Gr\xfc\xdfe', 'latin1') }),
        'could not check',
        /holds the text as Latin-1, without saying so/,
      ],
      lacks.row('hostile', { content: FORGED }, 'not met'),
      lacks.row('hostile', { content: 'caf\u00e9\0\u001e' }, 'holds'),
      lacksNow.row('cut off', { content: LONG }, 'could not check', /longer than the 1048576 bytes/),
      lacksNow.row('cut off', { content: LATE }, 'could not check'),
      ['not so', 'file "/x" does not contain ""', fileAnswer({ content: '' }), 'refused', /empty text/],
      [
        'not so',
        'secret file "/x" does not contain "hello"',
        fileAnswer({ content: 'hunter2 hello' }),
        'not met',
        /^(?![\s\S]*hunter2)(?![\s\S]*hello)/,
      ],
      ...lacks.untold,
    ],
  },
  '{file} contains{tail}:': {
    rows: [
      holdsText.row('so', { content: 'zero\none\ntwo\n' }, 'holds'),
      holdsText.row('not so', { content: 'one\r\ntwo\n' }, 'not met', /did not contain "one\\ntwo"/),
      holdsText.row('so', { content: Buffer.from('\ufeffone\ntwo\n', 'utf16le') }, 'holds'),
      holdsText.row('hostile', { content: `${FORGED}one\ntwo` }, 'holds'),
      [
        'cut off',
        'file "/x" contains now:',
        { replies: fileAnswer({ content: LONG }), text: 'one' },
        'could not check',
      ],
      ['not so', 'file "/x" contains:', { replies: fileAnswer({ content: 'x' }), text: '' }, 'refused', /empty text/],
      ...holdsText.untold,
    ],
  },
  '{file} has sha256 {sha256}{tail}': {
    rows: [
      sum.row('so', { sha256: `${SHA256}  -` }, 'holds'),
      ['so', `file "/x" has sha256 "${SHA256.toUpperCase()}"`, fileAnswer({ sha256: `${SHA256}  -` }), 'holds'],
      sum.row('not so', { sha256: `${'0'.repeat(64)}  -` }, 'not met', /did not have that sha256[\s\S]*sha256 0000/),
      ['not so', 'file "/x" has sha256 "d74f"', fileAnswer(), 'refused', /64 hexadecimal digits/],
      sum.row('hostile', { sha256: 'no sum' }, 'could not check', /something else than a sum/),
      sum.row('cut off', { sha256: SHA256.slice(0, 60) }, 'could not check'),
      ...sum.untold,
    ],
  },
}
