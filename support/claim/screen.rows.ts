import { answered, type Said } from '../probe/testing/answered.ts'
import { type ClaimTable, type Guest, type Row, unknown } from './rows/row.ts'

const text: Guest = { screen: ['Boot', '', 'login: '] }

/** Graphics, in which the kernel has drawn its terminal: its characters, and its mode. */
function sections(shown: string, mode = 'text'): Said[] {
  const characters = Buffer.alloc(4 * shown.length)
  for (const [i, character] of [...shown].entries()) characters.writeUInt32LE(character.codePointAt(0) ?? 0, 4 * i)
  return [Buffer.concat([Buffer.from([1, shown.length]), characters]).toString('base64'), mode]
}
const drawn = (shown: string, mode?: string): Guest => ({
  screen: 'graphics',
  replies: answered(sections(shown, mode)),
})
const desktop = drawn('login:', 'graphics')
const GRAPHICS = /it shows graphics, in which no text can be read/
const without = { absent: 'a display shows something or nothing' }

const faults = (sentence: string): Row[] => [
  ...unknown(sentence, sections('login:'), { screen: 'graphics' }),
  ['unreadable', sentence, desktop, 'could not check', GRAPHICS],
  ['unreadable', sentence, {}, 'refused', /out of reach/],
]

export const screenRows: ClaimTable = {
  'the screen shows {string}{tail}': {
    without,
    rows: [
      ['so', 'the screen shows "login:"', text, 'holds'],
      ['so', 'the screen shows "login:"', drawn('t14 login:'), 'holds'],
      ['not so', 'the screen shows "Windows"', text, 'not met', /did not show "Windows"/],
      ['not so', 'the screen shows "Windows"', drawn('login:'), 'not met'],
      ['hostile', 'the screen shows ""', text, 'refused', /empty text/],
      ...faults('the screen shows "login:"'),
    ],
  },
  'the screen does not show {string}{tail}': {
    without,
    rows: [
      ['so', 'the screen does not show "Windows"', text, 'holds'],
      ['so', 'the screen does not show "Windows"', drawn('login:'), 'holds'],
      ['not so', 'the screen does not show "login:"', text, 'not met', /still showed "login:"/],
      ['not so', 'the screen does not show "login:"', drawn('login:'), 'not met'],
      ['hostile', 'the screen does not show ""', text, 'refused', /empty text/],
      ...faults('the screen does not show "Windows"'),
    ],
  },
}
