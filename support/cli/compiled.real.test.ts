import assert from 'node:assert/strict'
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import test, { after, beforeEach } from 'node:test'
import { execa } from 'execa'

const timeout = 120_000
const clone = resolve(import.meta.dirname, '../..')
const root = mkdtempSync(join(tmpdir(), 'compiled-'))
const own = join(root, 'nixcumber')
const cache = join(root, 'cache/nixcumber/compiled')
for (const part of ['bin', 'support', 'steps', 'package.json', 'features/t14.feature'])
  cpSync(join(clone, part), join(own, part), { recursive: true })
symlinkSync(join(clone, 'node_modules'), join(own, 'node_modules'))
after(() => rmSync(root, { recursive: true }))
beforeEach(() => rmSync(join(root, 'cache'), { recursive: true, force: true }))

const nixcumber = async (...words: readonly string[]): Promise<string> => {
  const env = { XDG_CACHE_HOME: join(root, 'cache') }
  const { stdout } = await execa('node', [join(own, 'bin/nixcumber.js'), ...words], { cwd: root, env, timeout })
  return stdout
}
const kept = (): string[] => readdirSync(cache)

test('is made once, whole, for two that start at once, and taken by the next', { timeout }, async () => {
  await Promise.all([nixcumber('--version'), nixcumber('--version')])
  const [folder = '', ...others] = kept()
  assert.match(folder, /^[0-9a-f]{32}$/)
  assert.deepEqual(others, [])
  // Only what is run says this.
  const all = join(cache, folder, 'all.js')
  writeFileSync(all, readFileSync(all, 'utf8').replace('say the version', 'tell the version'))
  assert.match(await nixcumber('--help'), /tell the version/)
})

test('takes no package before something asks for it', { timeout }, async () => {
  await nixcumber('--version')
  const text = readFileSync(join(cache, kept()[0] ?? '', 'all.js'), 'utf8')
  const named = (pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, name = '']) => name)
  assert.deepEqual(named(/(?:^|;)import\b[^;"]*"(?!node:)([^"]+)"/gm), [])
  assert.ok(named(/require\("(\/[^"]*)"\)/g).some(path => path.includes('/node_modules/@cucumber/cucumber/')))
})

test('says the same as the sources, with the same places', { timeout }, async () => {
  const compiled = await nixcumber('steps', '--json')
  assert.match(compiled, /"file": ?"steps\/\w+\.ts"/)
  rmSync(cache, { recursive: true })
  mkdirSync(cache)
  chmodSync(cache, 0o777)
  assert.equal(await nixcumber('steps', '--json'), compiled)
  assert.deepEqual(kept(), [], 'a folder that others can write to was used')
})

function stackOf(throws: () => unknown): string {
  try {
    throws()
  } catch (error) {
    return (error as Error).stack ?? ''
  }
  return 'nothing was thrown'
}

/** The line of the file that the stack names. */
function lineOf(file: string, stack: string): string {
  const [, line] = stack.split(`(${file}:`)[1]?.match(/^(\d+):\d+\)/) ?? []
  return readFileSync(file, 'utf8').split('\n')[Number(line) - 1] ?? `no line of ${file} in\n${stack}`
}

test('what is thrown names lines of the sources', { timeout }, async () => {
  await nixcumber('--version')
  const [folder = ''] = kept()
  const { nameSources } = (await import(join(own, 'bin/stack.js'))) as { nameSources(folder: string): void }
  const before = Error.prepareStackTrace
  try {
    nameSources(join(cache, folder))
    const { wantedText } = (await import(join(cache, folder, 'support/claim/wanted-text.js'))) as {
      wantedText(text: string): string
    }
    const stack = stackOf(() => wantedText(''))
    assert.match(stack, /^UsageError: An empty text is in every text/)
    for (const [file, code] of [
      ['support/core/refusal.ts', /new UsageError\(/],
      ['support/claim/wanted-text.ts', /throw refuse\(/],
    ] as const)
      assert.match(lineOf(join(own, file), stack), code)
    rmSync(join(cache, folder, 'all.positions'))
    nameSources(join(cache, folder))
    assert.match(
      stackOf(() => wantedText('')),
      /^UsageError: An empty text is in every text/,
    )
  } finally {
    Error.prepareStackTrace = before
  }
})

test('no source takes names of a package at run time: of CommonJS tsx finds more than Node does', () => {
  const sources = readdirSync(join(own, 'support'), { recursive: true, encoding: 'utf8' }).filter(name =>
    /(?<!\.test)\.ts$/.test(name),
  )
  const taking = /\{[^{}]*\} = await import\(\s*'(?![.]|node:)/
  assert.deepEqual(
    sources.filter(name => taking.test(readFileSync(join(own, 'support', name), 'utf8'))),
    [],
  )
  assert.match("const { Terminal } = await import('@xterm/headless')", taking)
})

test('a source that has changed is what runs', { timeout }, async () => {
  await nixcumber('--version')
  const source = join(own, 'support/cli/main.ts')
  const text = readFileSync(source, 'utf8')
  writeFileSync(source, text.replace('say the version', 'name the version'))
  assert.match(await nixcumber('--help'), /name the version/)
  writeFileSync(source, text)
  assert.equal(kept().length, 2)
})

test('it names packages by their places: where they are found elsewhere it is made anew', { timeout }, async () => {
  await nixcumber('--version')
  const [link, elsewhere] = [join(own, 'node_modules'), join(root, 'node_modules')]
  rmSync(link)
  // Links are followed: what is found elsewhere must lie elsewhere.
  cpSync(join(clone, 'node_modules/zod'), join(elsewhere, 'zod'), { recursive: true })
  for (const name of readdirSync(join(clone, 'node_modules')))
    if (name !== 'zod') symlinkSync(join(clone, 'node_modules', name), join(elsewhere, name))
  await nixcumber('machines')
  assert.equal(kept().length, 2)
  rmSync(elsewhere, { recursive: true })
  symlinkSync(join(clone, 'node_modules'), link)
})

test('what a killed process has left, and what no run has used for a week, goes when something is made', {
  timeout,
}, async () => {
  for (const name of ['.making-abcdef', '0123456789abcdef0123456789abcdef']) {
    mkdirSync(join(cache, name), { recursive: true, mode: 0o700 })
    utimesSync(join(cache, name), 0, 0)
  }
  mkdirSync(join(cache, '.making-now'))
  chmodSync(cache, 0o700)
  await nixcumber('--version')
  assert.deepEqual(
    kept().filter(name => !/^[0-9a-f]{32}$/.test(name) || name.startsWith('0123')),
    ['.making-now'],
  )
})
