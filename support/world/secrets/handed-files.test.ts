import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { type TestContext } from 'node:test'
import { withoutHanded } from '../../core/secrets/redact.ts'
import type { MachineSettings } from '../settings.ts'
import { readHandedFiles } from './handed-files.ts'

const machine = (...from: ({ file: string } | { variable: string })[]): MachineSettings => ({
  roles: [],
  allow: [],
  files: from.map((one, i) => ({ path: `/key${i}`, from: one, mode: '0400' })),
})

function read(
  machines: Record<string, MachineSettings>,
  env: Record<string, string> = {},
  used = Object.keys(machines),
) {
  const notes: string[] = []
  return { handed: readHandedFiles(machines, { env, used, note: text => notes.push(text) }), notes }
}

function flake(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'handed-files-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  mkdirSync(join(folder, 'keys'))
  writeFileSync(join(folder, 'flake.nix'), '{ }')
  writeFileSync(join(folder, 'keys/key'), 'the key of handed-files.test', { mode: 0o600 })
  return folder
}

test('values are known by the machine, and masked from then on', () => {
  assert.equal(withoutHanded('open sesame, please'), 'open sesame, please')
  const { handed, notes } = read({ t14: machine({ variable: 'A' }), web: machine() }, { A: 'open sesame' })
  assert.deepEqual(handed.of('web'), [])
  assert.equal(handed.of('t14')[0]?.content.toString(), 'open sesame')
  assert.equal(withoutHanded('open sesame, please'), '•••, please')
  assert.deepEqual(notes, [])
})

test('what is not there is refused at once for a machine that is used', () =>
  assert.throws(() => read({ t14: machine({ variable: 'NOT_SET' }) }), /NOT_SET is not set/))

test('for another it is refused only when that is used after all', () => {
  const { handed } = read({ t14: machine({ variable: 'NOT_SET' }), web: machine({ variable: 'A' }) }, { A: 'x' }, [
    'web',
  ])
  assert.equal(handed.of('web').length, 1)
  assert.throws(() => handed.of('t14'), /NOT_SET is not set/)
})

test('a live host in the place of the machine needs none of them', () =>
  assert.equal(read({ t14: { ...machine({ variable: 'NOT_SET' }), address: 'ssh://t14' } }).handed.of('t14').length, 0))

test('what cannot be masked is told', () =>
  assert.deepEqual(read({ t14: machine({ variable: 'PIN' }) }, { PIN: '1234' }).notes, [
    '/key0 of t14 is too short to be masked in what the run says',
  ]))

test('a file that Nix copies with a flake is told: in a folder without git, and when git knows it', t => {
  const folder = flake(t)
  const notes = (): string[] => read({ t14: machine({ file: join(folder, 'keys/key') }) }).notes
  const told = [`Nix copies ${join(folder, 'keys/key')} into its store with the flake in ${folder}: keep it elsewhere`]
  assert.deepEqual(notes(), told)
  execFileSync('git', ['-C', folder, 'init', '-q'])
  assert.deepEqual(notes(), [])
  execFileSync('git', ['-C', folder, 'add', 'keys/key'])
  assert.deepEqual(notes(), told)
})
