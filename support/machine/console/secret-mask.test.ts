import assert from 'node:assert/strict'
import test from 'node:test'
import { SecretMask } from './secret-mask.ts'

const through = (pieces: readonly string[], secrets = ['hunter2']): string => {
  const mask = new SecretMask(secrets)
  return pieces.map(piece => mask.add(piece)).join('') + mask.release()
}

const rows: readonly [string, readonly string[], string][] = [
  ['in one piece', ['Passphrase: hunter2\r\nok'], 'Passphrase: ******\r\nok'],
  ['byte by byte', [...'Passphrase: hunter2\r\nok'], 'Passphrase: ******\r\nok'],
  ['twice', ['hunter2hunter2'], '************'],
  ['after its own beginning', ['hunthunter2'], 'hunt******'],
  ['not there at all', ['the hunter', ' went home'], 'the hunter went home'],
]
for (const [where, pieces, shown] of rows)
  test(`a secret is taken out: ${where}`, () => assert.equal(through(pieces), shown))

test('the longer of two secrets goes first', () =>
  assert.equal(through(['hunter2 hunter'], ['hunter', 'hunter2']), '****** ******'))

test('a secret of other letters than ASCII is known by its bytes', () =>
  assert.equal(through([Buffer.from('so: schlüssel.').toString('latin1')], ['schlüssel']), 'so: ******.'))

test('what is held back too long is released, and the rest of the secret is still not shown', () => {
  const mask = new SecretMask(['hunter2'])
  assert.equal(mask.add('login: h'), 'login: ')
  assert.ok(mask.holds)
  assert.equal(mask.release(), 'h')
  assert.ok(!mask.holds)
  assert.equal(mask.add('unt'), '')
  assert.equal(mask.release(), '***')
  assert.equal(mask.add('er2\r\n'), '******\r\n')
})
