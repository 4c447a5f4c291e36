import { gzipSync } from 'node:zlib'
import { answered, type Said } from '../../probe/testing/answered.ts'
import { JOURNAL_LIMIT } from '../../probe/units/journal-search.ts'
import { type ClaimTable, type Row, unknown } from '../rows/row.ts'
import { log, sections } from './journal.answers.ts'

const NO_UNIT = { newest: '', load: 'not-found' }
const ABSENT = /was not there: there is no unit ngnix\.service/
const LINE = 'bind() failed'
const AS_LATIN1 = /it has that as Latin-1, without saying so/
const latin1 = Buffer.concat([Buffer.from('caf\xe9 ', 'latin1'), Buffer.from(`${LINE}\n`)])
/** More than is searched. */
const MANY = Buffer.alloc(JOURNAL_LIMIT, `${'x'.repeat(4095)}\n`)
/** And the line before that. */
const long = gzipSync(Buffer.concat([Buffer.from(`${LINE}\n`), MANY]))

const AS_UTF16 = Buffer.from('café', 'utf16le')
const AS_UTF32BE = Buffer.from([...LINE].map(letter => `\0\0\0${letter}`).join(''))
const cut = Buffer.from('x\n').toString('base64')

/** The text, the lines of any form that were found for it, and as what they have it. */
const OTHERWISE: readonly (readonly [text: string, lines: string | Buffer, said: RegExp])[] = [
  ['café', Buffer.from('caf\xe9', 'latin1'), AS_LATIN1],
  ['café', AS_UTF16, /has that as UTF-16, without/],
  [LINE, AS_UTF32BE, /has that as UTF-32/],
  ['日本', Buffer.from('日本', 'utf16le'), /has that as UTF-16/],
  // its letter has the byte of a line end
  ['\u010ab', Buffer.from('\u0001b\0'), /has that as UTF-16/],
  ['\u00ff\u00fe', Buffer.from([0xfe, 0xfe]), AS_LATIN1],
]

/** There, but in an encoding of which the journal says nothing; or not searched to its end. */
const elsewise = (sentence: string): Row[] => [
  ...OTHERWISE.map(([text, otherwise, said]): Row => {
    return ['unreadable', sentence.replace(LINE, text), log({ otherwise }), 'could not check', said]
  }),
  ['cut off', sentence, log({ otherwise: MANY }), 'could not check', /longer than what is searched, its newest 4 MiB/],
  ['cut off', sentence, answered(sections({}).with(4, '')), 'could not check'],
  ['cut off', sentence, answered(sections({ found: LINE }).with(5, LINE)), 'could not check'],
  ['cut off', sentence, answered(sections({ otherwise: 'x' }).with(6, '')), 'could not check'],
  ['cut off', sentence, answered(sections({ otherwise: 'x' }).with(6, cut)), 'could not check'],
  ['hostile', sentence.replace(LINE, 'a\nb'), log({ found: 'b' }), 'refused', /is in no line/],
]

/** Two letters of ASCII are one of UTF-16, and letters of UTF-8 are others in Latin-1. */
const byChance = (sentence: string, expected: 'holds' | 'not met'): Row[] => [
  ['hostile', sentence.replace(LINE, '\u2028'), log({ otherwise: 'an ordinary line (1.5)\nGrüße' }), expected],
  ['hostile', sentence.replace(LINE, 'â'), log({ otherwise: '“quoted”' }), expected],
]

const told = (sentence: string): Said[] =>
  sections({ newest: LINE, ...(sentence.includes('matching') ? { all: LINE } : { found: LINE }) })

const utf16 = [Buffer.from(`${LINE}\n`, 'utf16le'), Buffer.from(`ok\n${LINE}\n`, 'utf16le').swap16()]

const faults = (sentence: string): Row[] => [
  ...unknown(sentence, told(sentence)),
  ['unreadable', sentence, answered(told(sentence).with(2, '')), 'could not check', /this user may not read it/],
  ...[0, ...told(sentence).keys()]
    .filter(at => at === 0 || at > 3)
    .map((at): Row => ['unreadable', sentence, answered(told(sentence).with(at, { code: 1 })), 'could not check']),
]

const contains = (sentence: string): Row[] => [
  ['so', sentence, log({ found: LINE }), 'holds'],
  ['not so', sentence, log({}), 'not met', /did not contain.*other lines, the newest/s],
  ['so', sentence.replace(LINE, 'café'), log({ found: 'café', otherwise: AS_UTF16 }), 'holds'],
  ...elsewise(sentence),
  ...byChance(sentence, 'not met'),
  ['not so', sentence, log({ newest: '' }), 'not met', /no line since boot/],
  ['hostile', sentence, log({ found: '0 7\nloaded\n0 4\nopen' }), 'holds'],
  ...faults(sentence),
]

const lacks = (sentence: string): Row[] => [
  ['so', sentence, log({}), 'holds'],
  ['so', sentence, log({ newest: '' }), 'holds'],
  ...elsewise(sentence),
  ...byChance(sentence, 'holds'),
  ['not so', sentence, log({ found: LINE }), 'not met', /contained "bind\(\) failed": it is there/],
  ['hostile', sentence, log({ found: '\n0 0\n\u001e' }), 'not met'],
  ...faults(sentence),
]

const matching = 'the journal of "nginx" contains a line matching "^bind\\(\\) .*$"'
const absent = { absent: 'there is always a journal, or it cannot be read' }

export const journalRows: ClaimTable = {
  'the journal of {unit} contains {string}{tail}': {
    rows: [
      ...contains(`the journal of "nginx" contains "${LINE}"`),
      ['absent', 'the journal of "ngnix" contains "x"', log(NO_UNIT), 'not met', ABSENT],
      ['so', 'the journal of "run-u1" contains "x"', log({ ...NO_UNIT, found: 'x', newest: 'x' }), 'holds'],
      ['hostile', 'the journal of "nginx" contains ""', log({ found: 'x' }), 'refused', /empty text/],
    ],
  },
  'the journal of {unit} does not contain {string}{tail}': {
    rows: [
      ...lacks(`the journal of "nginx" does not contain "${LINE}"`),
      ['absent', 'the journal of "ngnix" does not contain "x"', log(NO_UNIT), 'not met', ABSENT],
      [
        'absent',
        'the journal of "ngnix" does not contain "x"',
        log({ ...NO_UNIT, system: 'starting' }),
        'not met',
        /was not there within/,
      ],
      ['so', 'the journal of "run-u1" does not contain "x"', log({ ...NO_UNIT, newest: 'y' }), 'holds'],
      ['hostile', 'the journal of "nginx" does not contain ""', log({}), 'refused', /empty text/],
    ],
  },
  'the journal of {unit} contains a line matching {pattern}{tail}': {
    rows: [
      ['so', matching, log({ all: `a\n${LINE}\nb\n` }), 'holds'],
      ['so', matching, log({ all: gzipSync(`${LINE}\n`) }), 'holds'],
      ['so', 'the journal of "nginx" contains a line matching "\\d{3} (?!ok)"', log({ all: '200 no\n' }), 'holds'],
      ['not so', matching, log({ all: `not ${LINE}\n` }), 'not met', /did not contain a line matching/],
      [
        'hostile',
        'the journal of "nginx" contains a line matching "^(a+)+$"',
        log({ all: `${'a'.repeat(60)}!\n` }),
        'could not check',
        /was not done with these lines in 1/,
      ],
      ['not so', 'the journal of "nginx" contains a line matching "^$"', log({ all: 'a\nb\n' }), 'not met'],
      [
        'not so',
        'the journal of "nginx" contains a line matching "("',
        log({ all: '' }),
        'refused',
        /no regular expression/,
      ],
      ['not so', 'the journal of "nginx" contains a line matching ""', log({ all: 'x' }), 'refused', /Every line/],
      [
        'absent',
        'the journal of "ngnix" contains a line matching "x"',
        log({ ...NO_UNIT, all: '' }),
        'not met',
        ABSENT,
      ],
      ['cut off', matching, log({ all: long }), 'could not check', /longer than what is searched, its newest 4 MiB/],
      [
        'hostile',
        'the journal of "nginx" contains a line matching "bind\\(\\) failed$"',
        log({ all: latin1 }),
        'holds',
      ],
      [
        'unreadable',
        'the journal of "nginx" contains a line matching "^café"',
        log({ all: latin1 }),
        'could not check',
        AS_LATIN1,
      ],
      ...utf16.map((all): Row => ['unreadable', matching, log({ all }), 'could not check', /it has that as UTF-16/]),
      ['not so', matching, log({ all: Buffer.from('a\0b\0\n') }), 'not met'],
      ...faults(matching).filter(([kind]) => kind !== 'cut off'),
    ],
  },
  'the journal contains {string}{tail}': { without: absent, rows: contains(`the journal contains "${LINE}"`) },
  'the journal does not contain {string}{tail}': {
    without: absent,
    rows: lacks(`the journal does not contain "${LINE}"`),
  },
}
