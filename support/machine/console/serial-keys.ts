/** What a terminal sends for a key (xterm's control sequences, as GRUB, systemd-boot and readline understand them). */
import { refuse } from '../../core/refusal.ts'

const ESC = '\u001b'

const NAMED: Readonly<Record<string, string>> = {
  enter: '\r',
  ret: '\r',
  tab: '\t',
  esc: ESC,
  space: ' ',
  backspace: '\u007f',
  up: `${ESC}[A`,
  down: `${ESC}[B`,
  right: `${ESC}[C`,
  left: `${ESC}[D`,
  home: `${ESC}[H`,
  end: `${ESC}[F`,
  insert: `${ESC}[2~`,
  delete: `${ESC}[3~`,
  pgup: `${ESC}[5~`,
  pgdn: `${ESC}[6~`,
  f1: `${ESC}OP`,
  f2: `${ESC}OQ`,
  f3: `${ESC}OR`,
  f4: `${ESC}OS`,
  f5: `${ESC}[15~`,
  f6: `${ESC}[17~`,
  f7: `${ESC}[18~`,
  f8: `${ESC}[19~`,
  f9: `${ESC}[20~`,
  f10: `${ESC}[21~`,
  f11: `${ESC}[23~`,
  f12: `${ESC}[24~`,
}

/** What is sent for `down`, `ctrl-c` or `e`. @throws UsageError for what no terminal can send, with the nearest */
export function serialKey(name: string): string {
  const control = /^ctrl-([a-z[\\\]^_@])$/i.exec(name)?.[1]
  if (control !== undefined) return String.fromCharCode(control.toUpperCase().charCodeAt(0) & 0x1f)
  const sent = NAMED[name.toLowerCase()] ?? (/^[ -~]$/.test(name) ? name : undefined)
  if (sent !== undefined) return sent
  throw refuse({
    what: `Unknown key "${name}"`,
    expected: 'one character, the name of a key, or ctrl- and a letter: what a serial line can carry',
    got: name,
    known: [...Object.keys(NAMED), 'ctrl-c'],
  })
}
