import { type ClaimTable, cutOff, type Guest, printed, type Reply, type Row } from './rows/row.ts'

const MISSING = printed('', 127, 'bash: line 1: mountpiont: command not found\n')
const FORBIDDEN = printed('', 126, 'bash: line 1: /root/tool: Permission denied\n')
/** The end of the pipe answers, its beginning was never run. */
const PIPE = printed('', 1, 'bash: line 1: mountpiont: command not found\n')
/** It ends well, and was not run as it was meant. */
const IN_PART = printed('t14\n', 0, 'bash: line 1: mountpiont: command not found\n')
const MARKED = printed(Buffer.from('\ufefft14\n', 'utf16le'))
const UNMARKED = printed(Buffer.from('t14\n', 'utf16le'))
const HELD_OTHERWISE = /it is no UTF-8, and holds the text as UTF-16, without saying so/
const LINE_OTHERWISE = /it is no UTF-8, and has such a line as UTF-16, without saying so/
const LATIN_1 = printed(Buffer.from('gr\xfc\xdfe\n', 'latin1'))
const KILLED = printed('', 137)
const NO_SUCH_FIELD = 'a command is there or not: there is no third thing that it speaks of'

/** `When I run "x"` with this answer, and the sentence that judges it. */
const ran = (replies: Reply): Guest => ({ before: ['I run "x"'], replies })

/** Of a positive claim: what could not be run has not done it. */
const notDone = (sentence: string, guest: (reply: Reply) => Guest | Reply): Row[] => [
  ['tool missing', sentence, guest(MISSING), 'not met', /command not found/],
  ['unreadable', sentence, guest(FORBIDDEN), 'not met', /Permission denied/],
  ['tool missing', sentence, guest(IN_PART), 'could not check', /a part of it was not run: .*mountpiont/],
]

/** Of a negation: what could not be run says nothing. */
const untold = (sentence: string, guest: (reply: Reply) => Guest | Reply): Row[] => [
  ['tool missing', sentence, guest(MISSING), 'could not check', /could not be checked.*it was not run: .*mountpiont/],
  ['tool missing', sentence, guest(PIPE), 'could not check', /mountpiont: command not found/],
  ['unreadable', sentence, guest(FORBIDDEN), 'could not check', /Permission denied/],
]

/** Nor does what was killed while it was asked. */
const killed = (sentence: string, guest: (reply: Reply) => Guest | Reply): Row[] => [
  ...untold(sentence, guest),
  ['cut off', sentence, guest(KILLED), 'could not check', /it was killed/],
]

const cut = (sentence: string, guest: (reply: Reply) => Guest | Reply): Row => [
  'cut off',
  sentence,
  guest(cutOff()),
  'could not check',
]
const asked = (reply: Reply): Reply => reply
const without = { absent: NO_SUCH_FIELD }

export const commandRows: ClaimTable = {
  'it succeeds': {
    without: { ...without, hostile: 'nothing in it is named' },
    rows: [
      ['so', 'it succeeds', ran(printed('')), 'holds'],
      ['not so', 'it succeeds', ran(printed('', 1)), 'not met'],
      ['not so', 'it succeeds', {}, 'refused', /Nothing was run before/],
      ...notDone('it succeeds', ran),
      cut('it succeeds', ran),
    ],
  },
  'it fails': {
    without: { ...without, hostile: 'nothing in it is named' },
    rows: [
      ['so', 'it fails', ran(printed('', 3)), 'holds'],
      ['not so', 'it fails', ran(printed('')), 'not met', /succeeded\n/],
      ...untold('it fails', ran),
      ['so', 'it fails', ran(KILLED), 'holds'],
      cut('it fails', ran),
    ],
  },
  'it exits with {int}': {
    without: { ...without, hostile: 'nothing in it is named' },
    rows: [
      ['so', 'it exits with 3', ran(printed('', 3)), 'holds'],
      ['so', 'it exits with 127', ran(MISSING), 'holds'],
      ['not so', 'it exits with 3', ran(printed('', 4)), 'not met'],
      ...notDone('it exits with 3', ran),
      cut('it exits with 3', ran),
    ],
  },
  'it prints {string}{stream}': {
    without,
    rows: [
      ['so', 'it prints "t14"', ran(printed('t14\n')), 'holds'],
      ['so', 'it prints "t14" to standard error', ran(printed('', 0, 't14\n')), 'holds'],
      ['so', 'it prints "t14"', ran(MARKED), 'holds'],
      ['unreadable', 'it prints "t14"', ran(UNMARKED), 'could not check', HELD_OTHERWISE],
      ['not so', 'it prints "t14"', ran(printed('', 0, 't14\n')), 'not met'],
      ['not so', 'it prints ""', ran(printed('t14\n')), 'refused', /empty text/],
      ['hostile', 'it prints "t14"', ran(printed(Buffer.from('\xe9\xc3t14\xff', 'latin1'))), 'holds'],
      ['hostile', 'it prints ".*"', ran(printed('t14\n')), 'not met'],
      ...notDone('it prints "t14"', ran),
      cut('it prints "t14"', ran),
    ],
  },
  'it does not print {string}{stream}': {
    without,
    rows: [
      ['so', 'it does not print "t14"', ran(printed('x1\n')), 'holds'],
      ['not so', 'it does not print "t14"', ran(MARKED), 'not met'],
      ['unreadable', 'it does not print "t14"', ran(UNMARKED), 'could not check', HELD_OTHERWISE],
      ['not so', 'it does not print "t14"', ran(printed('t14\n')), 'not met', /printed "t14"\n/],
      ['not so', 'it does not print "t14" to standard error', ran(printed('', 0, 't14\n')), 'not met'],
      ['not so', 'it does not print ""', ran(printed('')), 'refused', /empty text/],
      ['hostile', 'it does not print "t14"', ran(printed(Buffer.from('\xe9\xc3t14\xff', 'latin1'))), 'not met'],
      ...killed('it does not print "t14"', ran),
      cut('it does not print "t14"', ran),
    ],
  },
  'it prints a line matching {pattern}{stream}': {
    without,
    rows: [
      ['so', 'it prints a line matching "^t\\d+$"', ran(printed('a\nt14\nb\n')), 'holds'],
      ['so', 'it prints a line matching "^t\\d+$" to standard error', ran(printed('', 0, 't14\n')), 'holds'],
      ['not so', 'it prints a line matching "^t\\d+$"', ran(printed('at14\n')), 'not met'],
      ['not so', 'it prints a line matching "("', ran(printed('x')), 'refused', /no regular expression/],
      ['not so', 'it prints a line matching "x*"', ran(printed('y')), 'refused', /Every line matches/],
      ['so', 'it prints a line matching "^$"', ran(printed('a\n\nb\n')), 'holds'],
      ['so', 'it prints a line matching "^t14$"', ran(MARKED), 'holds'],
      ['not so', 'it prints a line matching "^x14$"', ran(MARKED), 'not met'],
      ['unreadable', 'it prints a line matching "^t14$"', ran(UNMARKED), 'could not check', LINE_OTHERWISE],
      ['not so', 'it prints a line matching "^x14$"', ran(UNMARKED), 'not met'],
      ['unreadable', 'it prints a line matching "^grüße$"', ran(LATIN_1), 'could not check', /such a line as Latin-1/],
      ['so', 'it prints a line matching "^gr..e$"', ran(LATIN_1), 'holds'],
      ['not so', 'it prints a line matching "^grüne$"', ran(LATIN_1), 'not met'],
      ['hostile', 'it prints a line matching "^[0-9]+$"', ran(printed('1x\n[0-9]\n')), 'not met'],
      [
        'hostile',
        'it prints a line matching "^(a+)+$"',
        ran(printed(`${'a'.repeat(60)}!\n`)),
        'could not check',
        /was not done with/,
      ],
      ...notDone('it prints a line matching "^t14$"', ran),
      cut('it prints a line matching "^t14$"', ran),
    ],
  },
  'it prints nothing': {
    without: { ...without, hostile: 'nothing in it is named' },
    rows: [
      ['so', 'it prints nothing', ran(printed('\n')), 'holds'],
      ['not so', 'it prints nothing', ran(printed('x\n')), 'not met'],
      ...killed('it prints nothing', ran),
      cut('it prints nothing', ran),
    ],
  },
  'the command {string} succeeds{tail}': {
    without,
    rows: [
      ['so', 'the command "true" succeeds', printed(''), 'holds'],
      ['not so', 'the command "false" succeeds', printed('', 1), 'not met', /did not succeed within 30 s/],
      ['hostile', 'the command "" succeeds', printed(''), 'refused', /no command/],
      ['hostile', 'the command " # true" succeeds', printed(''), 'refused', /no command/],
      ...notDone('the command "mountpiont /mnt" succeeds', asked),
      cut('the command "sleep 100" succeeds', asked),
    ],
  },
  'the command {string} fails{tail}': {
    without,
    rows: [
      ['so', 'the command "mountpoint /mnt" fails', printed('', 32), 'holds'],
      ['not so', 'the command "mountpoint /mnt" fails', printed(''), 'not met', /still succeeded after/],
      ['hostile', 'the command "" fails', printed('', 1), 'refused'],
      ...killed('the command "mountpiont /mnt" fails', asked),
      cut('the command "mountpoint /mnt" fails', asked),
    ],
  },
  'the command {string} exits with {int}{tail}': {
    without,
    rows: [
      ['so', 'the command "x" exits with 3', printed('', 3), 'holds'],
      ['not so', 'the command "x" exits with 3', printed(''), 'not met'],
      ['hostile', 'the command "#" exits with 0', printed(''), 'refused'],
      ...notDone('the command "mountpiont" exits with 3', asked),
      cut('the command "x" exits with 3', asked),
    ],
  },
  'the command {string} prints {string}{tail}': {
    without,
    rows: [
      ['so', 'the command "hostname" prints "t14"', printed('t14\n'), 'holds'],
      ['so', 'the command "hostname" prints "t14"', asked(MARKED), 'holds'],
      ['unreadable', 'the command "hostname" prints "t14"', asked(UNMARKED), 'could not check', HELD_OTHERWISE],
      ['not so', 'the command "hostname" prints "t14"', printed('', 0, 't14'), 'not met'],
      ['hostile', 'the command "hostname" prints ""', printed('t14'), 'refused'],
      ['hostile', 'the command "" prints "x"', printed('x'), 'refused'],
      ...notDone('the command "hostnaem" prints "t14"', asked),
      cut('the command "hostname" prints "t14"', asked),
    ],
  },
  'the command {string} does not print {string}{tail}': {
    without,
    rows: [
      ['so', 'the command "hostname" does not print "t14"', printed('x1\n'), 'holds'],
      ['not so', 'the command "hostname" does not print "t14"', asked(MARKED), 'not met'],
      ['unreadable', 'the command "hostname" does not print "t14"', asked(UNMARKED), 'could not check', HELD_OTHERWISE],
      ['not so', 'the command "hostname" does not print "t14"', printed('t14\n'), 'not met', /still printed "t14"/],
      ['hostile', 'the command "hostname" does not print ""', printed(''), 'refused'],
      ['hostile', 'the command "  " does not print "x"', printed(''), 'refused'],
      ...killed('the command "mountpiont" does not print "t14"', asked),
      cut('the command "hostname" does not print "t14"', asked),
    ],
  },
}
