/** Keys by name and characters by key, as they are pressed on a US keyboard. */
import { NotSupported } from '../../core/errors.ts'
import { refuse } from '../../core/refusal.ts'
import { KEY_CODES, type QKeyCode } from './key-codes.ts'

/** What people call keys that QEMU calls otherwise. */
const OTHER_NAMES: Readonly<Record<string, QKeyCode>> = {
  enter: 'ret',
  return: 'ret',
  space: 'spc',
  escape: 'esc',
  del: 'delete',
  ins: 'insert',
  'page-up': 'pgup',
  'page-down': 'pgdn',
  super: 'meta_l',
  win: 'meta_l',
  control: 'ctrl',
}

/** Reads `ctrl-alt-f2`. @throws UsageError for a key that is none, with the nearest */
export const readChord = (text: string): readonly QKeyCode[] =>
  (text in OTHER_NAMES ? [text] : text.split('-')).map(name => keyCode(name, text))

function keyCode(name: string, chord: string): QKeyCode {
  const lower = name.toLowerCase()
  const code = OTHER_NAMES[lower] ?? KEY_CODES.find(known => known === lower)
  if (code !== undefined) return code
  throw refuse({
    what: `Unknown key "${name}"${name === chord ? '' : ` in "${chord}"`}`,
    expected: 'the name of a key, or several joined by - as in "ctrl-alt-f2"',
    got: lower,
    known: [...KEY_CODES, ...Object.keys(OTHER_NAMES)].filter(known => known.length > 1),
  })
}

const PLAIN: Readonly<Record<string, QKeyCode>> = {
  ' ': 'spc',
  '-': 'minus',
  '=': 'equal',
  '[': 'bracket_left',
  ']': 'bracket_right',
  ';': 'semicolon',
  "'": 'apostrophe',
  '`': 'grave_accent',
  '\\': 'backslash',
  ',': 'comma',
  '.': 'dot',
  '/': 'slash',
}
const SHIFTED = '~!@#$%^&*()_+{}|:"<>?'
const UNSHIFTED = "`1234567890-=[]\\;',./"

/** The chords that type this text. @throws NotSupported for characters a US keyboard does not have */
export const chordsOf = (text: string): (readonly QKeyCode[])[] => [...text].map(chordOf)

function chordOf(character: string): readonly QKeyCode[] {
  const shifted = SHIFTED.indexOf(character)
  if (shifted >= 0) return ['shift', ...chordOf(UNSHIFTED[shifted] ?? '')]
  const plain = PLAIN[character] ?? KEY_CODES.find(code => code === character)
  if (plain !== undefined) return [plain]
  const lower = KEY_CODES.find(code => code === character.toLowerCase())
  if (lower !== undefined) return ['shift', lower]
  throw new NotSupported(`"${character}" cannot be typed on the screen's keyboard, which is a US one`)
}
