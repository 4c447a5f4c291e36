import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import test from 'node:test'
import { breakCode } from './break-code.ts'
import { whyNotInstalled } from './making/instrument.ts'

const FILE = 'support/claim/long.ts'
const CODE = `export const isLong = (text: string): boolean => text.length > 3
export const next = (from: number, to: number): number[] => {
  const all: number[] = []
  for (let at = from; at !== to; at += 1) all.push(at)
  return all
}
export const forgotten = (): number => 2 + 2
`
const head = (name: string) => `import assert from 'node:assert/strict'
import test from 'node:test'
import { ${name} } from './long.ts'
`
const FILES: Readonly<Record<string, string>> = {
  [FILE]: CODE,
  // Does not look at the border.
  'support/claim/weak.test.ts': `${head('isLong')}test('weak', () => assert.deepEqual(['a', 'abcde'].map(isLong), [false, true]))\n`,
  'support/claim/next.test.ts': `${head('next')}test('strong', () => assert.deepEqual([next(0, 2), next(1, 1)], [[0, 1], []]))\n`,
  'support/claim/red.test.ts': `${head('isLong')}test('red', () => assert.ok(isLong('')))\n`,
  'tsconfig.json':
    '{ "compilerOptions": { "strict": true, "allowImportingTsExtensions": true }, "include": ["support/claim/long.ts"] }',
  'package.json': '{ "type": "module" }',
  '.gitignore': 'node_modules\nmutants-*\ntsx-*\n',
}

function project(): string {
  const root = mkdtempSync(join(tmpdir(), 'planted-'))
  mkdirSync(join(root, 'support/claim'), { recursive: true })
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(root, name), text)
  symlinkSync(realpathSync('node_modules'), join(root, 'node_modules'))
  execFileSync('git', ['init', '--quiet'], { cwd: root })
  return root
}

const left = (folder: string): string[] => readdirSync(folder).filter(name => name.startsWith('mutants-'))

test('what a test would notice is killed, what none looks at survives, and the tree stays as it is', {
  skip: whyNotInstalled(),
}, async t => {
  const root = project()
  const temporary = process.env.TMPDIR
  process.env.TMPDIR = root
  t.after(() => {
    process.env.TMPDIR = temporary ?? '/tmp'
    rmSync(root, { recursive: true })
  })
  const told: string[] = []
  const equal = [{ file: FILE, before: 'return all', after: 'return []', reason: 'planted: there is no such mutant' }]
  const tests = Object.keys(FILES).filter(name => name.endsWith('.test.ts'))
  const tried = await breakCode({
    ...{ root, sources: [FILE], tests, seed: '1', count: 1000, equal, patience: 4000 },
    tell: text => told.push(text),
  })
  const fate = (after: string) => tried.find(({ mutant }) => mutant.after.includes(after))?.fate
  assert.equal(fate('text.length >= 3'), 'survived')
  assert.equal(fate('text.length <= 3'), 'killed')
  assert.equal(fate('at === to'), 'killed')
  assert.equal(fate('at -= 1'), 'hung')
  assert.equal(fate('2 - 2'), 'unreached')
  const text = told.join('\n')
  for (const word of ['red.test.ts: red', 'code that is no more', 'survived  support/claim/long.ts:1']) {
    assert.ok(text.includes(word), `"${word}" in\n${text}`)
  }
  assert.deepEqual(left(root), [])
  assert.equal(readFileSync(join(root, FILE), 'utf8'), CODE)
})

const HANGS = `import { runNode } from '${resolve('.ci/mutants/running/process-group.ts')}'
import { openWorkplace } from '${resolve('.ci/mutants/running/workplace.ts')}'
openWorkplace('.')
console.log('open')
await runNode(['-e', 'setInterval(() => {}, 1000)', process.argv[1]], '.', process.env, 600_000)
`

test('Ctrl-C leaves neither files nor processes behind', async t => {
  const root = project()
  t.after(() => rmSync(root, { recursive: true }))
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', HANGS, root], {
    ...{ cwd: root, env: { ...process.env, TMPDIR: root }, stdio: ['ignore', 'pipe', 'inherit'] },
  })
  await once(child.stdout, 'data')
  assert.equal(left(root).length, 1)
  child.kill('SIGINT')
  const [code] = await once(child, 'exit')
  assert.equal(code, 130)
  assert.deepEqual(left(root), [])
  assert.deepEqual(
    commandLines().filter(line => line.includes(`setInterval(() => {}, 1000)\0${root}`)),
    [],
  )
})

const commandLines = (): string[] =>
  readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .flatMap(name => {
      try {
        return [readFileSync(`/proc/${name}/cmdline`, 'utf8')]
      } catch {
        // It ended meanwhile.
        return []
      }
    })
