import { gzipSync } from 'node:zlib'
import { answered, type Said } from '../../probe/testing/answered.ts'
import { JOURNAL_LIMIT } from '../../probe/units/journal.ts'
import { END } from '../../probe/units/journal-search.ts'
import { type ClaimTable, type Reply, type Row, unknown } from '../rows/row.ts'

interface Log {
  /** What the search in the machine found, for a text. */
  readonly found?: string
  /** All lines, for a pattern. */
  readonly all?: string | Buffer
  readonly newest?: string
  readonly load?: string
  readonly readable?: string
  readonly system?: string
  /** What the search for the text in any encoding found, when not the same. */
  readonly otherwise?: string | Buffer
}

const ended = (lines: string | Buffer): Buffer =>
  Buffer.concat([Buffer.from(lines), Buffer.from(`${lines.length > 0 ? '\n' : ''}${END}`)])

function sections({
  found = '',
  all,
  newest = 'other\n',
  load = 'loaded',
  readable = 'open',
  system = 'running',
  otherwise = found,
}: Log): Said[] {
  const search = all === undefined ? [otherwise, found].map(ended) : [Buffer.from(all).toString('base64')]
  return [newest, load, readable, system, ...search]
}

const log = (facts: Log): Reply => answered(sections(facts))
const NO_UNIT = { newest: '', load: 'not-found' }
const ABSENT = /was not there: there is no unit ngnix\.service/
const LINE = 'bind() failed'
const AS_LATIN1 = /it has that as Latin-1, without saying so/
const latin1 = Buffer.concat([Buffer.from('caf\xe9 ', 'latin1'), Buffer.from(`${LINE}\n`)])
/** More than is searched, and the line before that. */
const long = gzipSync(Buffer.concat([Buffer.from(`${LINE}\n`), Buffer.alloc(JOURNAL_LIMIT, `${'x'.repeat(4095)}\n`)]))

/** As it is searched: without NUL. */
const asSearched = (bytes: Buffer): Buffer => Buffer.from(bytes.map(byte => (byte === 0 ? 0xff : byte)))
const AS_UTF16 = asSearched(Buffer.from('café', 'utf16le'))
const AS_UTF32BE = asSearched(Buffer.from([...LINE].map(letter => `\0\0\0${letter}`).join('')))

/** There, but in an encoding of which the journal says nothing. */
const elsewise = (sentence: string): Row[] => [
  [
    'unreadable',
    sentence.replace(LINE, 'café'),
    log({ otherwise: Buffer.from('caf\xe9', 'latin1') }),
    'could not check',
    AS_LATIN1,
  ],
  ['unreadable', sentence.replace(LINE, 'café'), log({ otherwise: AS_UTF16 }), 'could not check', /has that as UTF-16/],
  ['unreadable', sentence, log({ otherwise: AS_UTF32BE }), 'could not check', /has that as UTF-32/],
  ['cut off', sentence, log({ otherwise: 'x' }), 'could not check', /has that as another encoding/],
  ['cut off', sentence, answered(sections({}).with(4, '')), 'could not check'],
  ['cut off', sentence, answered(sections({ found: LINE }).with(5, LINE)), 'could not check'],
  ['hostile', sentence.replace(LINE, 'a\nb'), log({ found: 'b' }), 'refused', /is in no line/],
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
  ['not so', sentence, log({ newest: '' }), 'not met', /no line since boot/],
  ['hostile', sentence, log({ found: '0 7\nloaded\n0 4\nopen' }), 'holds'],
  ...faults(sentence),
]

const lacks = (sentence: string): Row[] => [
  ['so', sentence, log({}), 'holds'],
  ['so', sentence, log({ newest: '' }), 'holds'],
  ...elsewise(sentence),
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
