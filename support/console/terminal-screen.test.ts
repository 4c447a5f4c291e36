import assert from 'node:assert/strict'
import test from 'node:test'
import { terminalScreen } from './terminal-screen.ts'

const shown = async (sent: string): Promise<string> => (await terminalScreen(sent)).join('\n').trimEnd()

test('what was printed line by line stands there line by line', async () => {
  assert.equal(await shown('Welcome\r\n\r\nt14 login: '), 'Welcome\n\nt14 login:')
})

test('a menu stands where its cursor addresses put it, in whatever order it was drawn', async () => {
  const menu =
    '\u001b[2J\u001b[4;3H\u001b[7mNixOS (Generation 2)\u001b[0m\u001b[3;3HNixOS (Generation 3)\u001b[1;1HBoot'
  assert.equal(await shown(`BIOS\r\n${menu}`), 'Boot\n\n  NixOS (Generation 3)\n  NixOS (Generation 2)')
})

test('what was overwritten or wiped is not there any more', async () => {
  assert.equal(await shown('10 %\r20 %\r\nPress a key\u0008\u0008\u0008any\r\nx\b \by'), '20 %\nPress a any\ny')
})

test('a line that is longer than a row is one line', async () => {
  const long = 'word '.repeat(30).trim()
  assert.equal(await shown(`${long}\r\nnext`), `${long}\nnext`)
})

test('of much the end is left', async () => {
  const lines = (await terminalScreen(Array.from({ length: 30_000 }, (_, i) => `line ${i}`).join('\r\n'))).slice(-2)
  assert.deepEqual(lines, ['line 29998', 'line 29999'])
})

test('other alphabets and a cut escape code do no harm', async () => {
  assert.equal(await shown('Grüße 日本\u001b['), 'Grüße 日本')
})
