import type { ClaimTable, Guest, Row } from './rows/row.ts'

const menu: Guest = { console: '\u001b[2JSeaBIOS\r\nGeneration 2\r\n\u001b[1mGeneration 3\u001b[0m\r\nlogin: ' }
const flooded: Guest = { ...menu, consoleLost: 4_000_000 }
const off: Guest = { ...menu, state: 'off' }
/** As it is read: no UTF-8 has the bytes of Latin-1. */
const latin1: Guest = { console: 'Entschl\ufffdsseln: caf\ufffd\r\nZur\u00fcck\r\n' }
const LATIN_1_LINES: readonly (readonly [pattern: string, outcome: Row[3]])[] = [
  ['^Entschlüsseln: c', 'could not check'],
  ['^Entschl[äöü]sseln: c', 'could not check'],
  ['^Entschl\\xfcsseln: c', 'could not check'],
  ['^Entschl\\u00fcss', 'could not check'],
  ['(?<größe>l)ü(?=ss)', 'could not check'],
  ['^Entschl.sseln: c', 'holds'],
  ['^Zur[ü]ck$', 'holds'],
  ['^Entschlüsselt', 'not met'],
  ['^Zurüch', 'not met'],
  ['^Entschl\\u0075sseln', 'not met'],
]
const without = {
  absent: 'a machine in play has printed something or nothing',
  'tool missing': 'the console is read by the runner alone',
} as const
const NO_CONSOLE: Row[2] = {}

export const consoleRows: ClaimTable = {
  'the console shows {string}{tail}': {
    without,
    rows: [
      ['so', 'the console shows "Generation 3"', menu, 'holds'],
      ['so', 'the console shows "Generation 3"', flooded, 'holds'],
      ['not so', 'the console shows "Generation 4"', menu, 'not met', /did not show "Generation 4" within 30 s/],
      ['not so', 'the console shows "Generation 4"', off, 'not met', /the machine does not run any more/],
      ['not so', 'the console shows ""', menu, 'refused', /empty text/],
      ['unreadable', 'the console shows "x"', NO_CONSOLE, 'refused', /cannot be seen/],
      [
        'unreadable',
        'the console shows "Entschlüsseln: c"',
        latin1,
        'could not check',
        /may be that in another encoding/,
      ],
      ['so', 'the console shows "Zurück"', latin1, 'holds'],
      ['not so', 'the console shows "Entschlüsselt"', latin1, 'not met'],
      ['cut off', 'the console shows "Generation 4"', flooded, 'could not check', /its beginning is not kept/],
      ['hostile', 'the console shows "Generation 3"', { console: 'Gener\u001b[31mation\u0007 3' }, 'holds'],
    ],
  },
  'the console does not show {string}{tail}': {
    without,
    rows: [
      ['so', 'the console does not show "Kernel panic"', menu, 'holds'],
      ['so', 'the console does not show "Kernel panic"', off, 'holds'],
      ['not so', 'the console does not show "login:"', menu, 'not met', /still showed "login:"/],
      ['not so', 'the console does not show ""', menu, 'refused', /empty text/],
      ['unreadable', 'the console does not show "x"', NO_CONSOLE, 'refused', /cannot be seen/],
      ['unreadable', 'the console does not show "café"', latin1, 'could not check', /may be that in another encoding/],
      ['so', 'the console does not show "cafés"', latin1, 'holds'],
      ['so', 'the console does not show "Kernel panic"', latin1, 'holds'],
      ['cut off', 'the console does not show "Kernel panic"', flooded, 'could not check', /its beginning is not kept/],
      ['hostile', 'the console does not show "Generation 3"', { console: 'Gener\u001b[31mation 3' }, 'not met'],
    ],
  },
  'the console shows a line matching {pattern}{tail}': {
    without,
    rows: [
      ['so', 'the console shows a line matching "^Generation \\d$"', menu, 'holds'],
      ['not so', 'the console shows a line matching "^Generation \\d\\d$"', menu, 'not met'],
      [
        'not so',
        'the console shows a line matching "SeaBIOS\\s+Generation"',
        menu,
        'not met',
        /showed no line matching/,
      ],
      ['not so', 'the console shows a line matching "("', menu, 'refused', /no regular expression/],
      ['not so', 'the console shows a line matching "x*"', menu, 'refused', /Every line/],
      ['unreadable', 'the console shows a line matching "x"', NO_CONSOLE, 'refused', /cannot be seen/],
      ...LATIN_1_LINES.map(([pattern, outcome]): Row => {
        const sentence = `the console shows a line matching "${pattern}"`
        return ['unreadable', sentence, latin1, outcome, outcome === 'could not check' ? /may be that in another/ : /^/]
      }),
      ['cut off', 'the console shows a line matching "^x$"', flooded, 'could not check', /its beginning is not kept/],
      [
        'hostile',
        'the console shows a line matching "^Generation 3$"',
        { console: '\u001b[1mGeneration 3\u001b[0m\r\n' },
        'holds',
      ],
    ],
  },
}
