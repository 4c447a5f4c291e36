import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { type Command, sh } from '../../core/command.ts'
import { seconds } from '../../core/time/duration.ts'
import { LocalShell } from '../../shell/local.ts'
import { answered } from '../testing/answered.ts'
import { virtualTerminal } from './virtual-terminal.ts'

const answer = (size: readonly number[], text: string, mode = 'text') => {
  const characters = Buffer.alloc(4 * [...text].length)
  for (const [i, character] of [...text].entries()) characters.writeUInt32LE(character.codePointAt(0) ?? 0, 4 * i)
  return answered([Buffer.concat([Buffer.from(size), characters]).toString('base64'), mode])
}

test('the rows of a terminal are read without the blanks at their ends', () =>
  assert.deepEqual(virtualTerminal.parse(answer([2, 6], 'login:  ║ ä '), undefined).rows, ['login:', '  ║ ä']))

test('below a desktop stands what is not on the screen', () =>
  assert.deepEqual(virtualTerminal.parse(answer([1, 6], 'login:', 'graphics'), undefined), {}))

test('an answer of another size, or none, is unreadable and worth another look', () => {
  for (const result of [answer([2, 6], 'login:'), answered([{ code: 1 }, 'text']), answered([''])])
    assert.throws(() => virtualTerminal.parse(result, undefined), { name: 'UnreadableAnswer', retryable: true })
})

/** As kbdinfo(1), where it is installed, and loginctl(1); the terminal in the foreground is the second. */
const tools = (kbdinfo: string, session: string): Command => sh`
${{ script: kbdinfo && `kbdinfo() { [ "$*" = '-C /dev/tty2 getmode' ] && echo ${kbdinfo}; }` }}
command() { [ "$*" = '-v kbdinfo' ] && ${kbdinfo !== '' ? 'true' : 'false'}; }
loginctl() {
  case $* in
    'show-seat seat0 --property ActiveSession --value') echo c1 ;;
    'show-session c1 --property Type --value') echo ${session} ;;
    *) return 9 ;;
  esac
}
`

async function ask(setup: Command) {
  const folder = mkdtempSync(join(tmpdir(), 'terminal-'))
  try {
    writeFileSync(join(folder, 'vcsa'), Buffer.from([1, 3, 9, 9, 9]))
    writeFileSync(
      join(folder, 'vcsu'),
      Buffer.from(Uint32Array.from([...'a\u2502 '], letter => letter.codePointAt(0) ?? 0).buffer),
    )
    writeFileSync(join(folder, 'active'), 'tty2\n')
    await using shell = new LocalShell()
    const { script } = virtualTerminal.command(undefined)
    const here = script.replaceAll('/dev/vcs', `${folder}/vcs`).replaceAll('/sys/class/tty/tty0', folder)
    return virtualTerminal.parse(
      await shell.run({ script: `${setup.script}\n${here}` }, { attempt: seconds(10) }),
      undefined,
    )
  } finally {
    rmSync(folder, { recursive: true })
  }
}

test('characters and size are those of the terminal in the foreground, and its mode is asked for', async () => {
  assert.deepEqual(await ask(tools('text', 'x11')), { rows: ['a\u2502'] })
  assert.deepEqual(await ask(tools('graphics', 'tty')), {})
  assert.deepEqual(await ask(tools('', 'tty')), { rows: ['a\u2502'] })
  for (const session of ['x11', 'wayland', 'mir']) assert.deepEqual(await ask(tools('', session)), {}, session)
})
