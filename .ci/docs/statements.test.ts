import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { COMMANDS } from '../../support/cli/registry.ts'
import { MACHINE_KEYS } from '../../support/config/machine-entry.ts'
import { configSchema } from '../../support/config/schema.ts'
import { commandsIn, refuseCall } from './calls.ts'
import { type Block, pages, ROOT, readPage } from './page.ts'

const blocks = (language: string): Block[] =>
  pages.flatMap(page => page.blocks.filter(block => block.language === language))
const inline = pages.flatMap(({ file, inline }) => inline.map(text => ({ file, text })))

for (const { place, code } of blocks('sh'))
  test(`${place} can be called`, async () => {
    for (const words of commandsIn(code)) await refuseCall(words)
  })

test('a command that would be refused is noticed', async () => {
  for (const wrong of ['npx nixcumber run --tag @web', 'npx nixcumber shell', 'npm run nothing', 'frobnicate'])
    await assert.rejects(async () => {
      for (const words of commandsIn(wrong)) await refuseCall(words)
    }, wrong)
})

const FLAGS = new Set(
  ['--help', '--version'].concat(...Object.values(COMMANDS).map(({ options }) => options.map(flagOf))),
)
const NIXOS_REBUILD = ['--store-path', '--target-host', '--no-reexec']
const NIXOS_ANYWHERE = ['--phases', '--copy-host-keys', '--no-substitute-on-destination', '--ssh-option']
/** Of other programs. */
const FOREIGN = [
  '--no-write-lock-file',
  '--import',
  '--test',
  '--yes',
  '--seed',
  '--count',
  '--only',
  ...NIXOS_REBUILD,
  ...NIXOS_ANYWHERE,
]

function flagOf({ flags }: { readonly flags: string }): string {
  return flags.split(' ')[0] ?? flags
}

test('every option that is named is one', () => {
  const named = inline.flatMap(({ file, text }) =>
    [...text.matchAll(/(?<![\w-])--[a-z][a-z-]+/g)].map(([flag]) => ({ file, flag })),
  )
  assert.ok(named.length > 30, `${named.length} options`)
  assert.deepEqual(
    named.filter(({ flag }) => !FLAGS.has(flag) && !FOREIGN.includes(flag)),
    [],
  )
})

test('every command that is named is one', () => {
  const named = inline.flatMap(({ text }) =>
    [...text.matchAll(/^(?:npx )?nixcumber ([a-z]+)/g)].map(([, name]) => name),
  )
  assert.deepEqual(
    named.filter(name => !((name ?? '') in COMMANDS)),
    [],
  )
})

for (const { place, code } of blocks('ts').filter(({ code }) => code.includes('export default')))
  test(`${place} is a configuration`, () => {
    const value = code.slice(code.indexOf('{'), code.lastIndexOf('}') + 1)
    configSchema.parse(new Function(`return ${value}`)())
  })

for (const { place, code } of blocks('json'))
  test(`${place} is an inventory`, () => {
    configSchema.pick({ machines: true }).strict().parse(JSON.parse(code))
  })

test('docs/configuration.md has a row for each key, and for no other', () => {
  const { text } = readPage('docs/configuration.md')
  const keysBelow = (heading: string): string[] => {
    const section = text.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? ''
    return [...section.matchAll(/^\| (`[^|]*)\|/gm)]
      .flatMap(([, cell = '']) => [...cell.matchAll(/`(\w+)`/g)].map(([, key = '']) => key))
      .sort()
  }
  assert.deepEqual(keysBelow('Keys'), Object.keys(configSchema.shape).sort())
  assert.deepEqual(keysBelow('Machines'), [...MACHINE_KEYS].sort())
})

test('every setting that is named is one', () => {
  const keys = [...Object.keys(configSchema.shape), ...MACHINE_KEYS]
  const forUsers = inline.filter(({ file }) => file !== 'CONTRIBUTING.md')
  const named = forUsers.flatMap(({ text }) => /^([a-zA-Z]+): (?:['[{]|\d|true|false)/.exec(text)?.[1] ?? [])
  assert.ok(named.length > 3, `${named.length} settings`)
  assert.deepEqual(
    named.filter(key => !keys.includes(key)),
    [],
  )
})

test('every option of the NixOS module that is named is one', () => {
  const module = readFileSync(join(ROOT, 'support/schedule/module.nix'), 'utf8')
  const { text, blocks: all } = readPage('docs/parallel-and-ci.md')
  const set = all
    .filter(({ language }) => language === 'nix')
    .flatMap(({ code }) => [...code.matchAll(/^ {2}(\w+)/gm)].map(([, name = '']) => name))
  const rows = [...text.matchAll(/^\| (`.*?`) \|/gm)].flatMap(([, cell = '']) => cell.match(/\w+/g) ?? [])
  const named = [...new Set([...set, ...rows])]
  assert.ok(named.length > 8, `${named.length} options`)
  assert.deepEqual(
    named.filter(name => !module.includes(`        ${name} = mkOption`)),
    [],
  )
})

for (const { place, code, source = '' } of pages.flatMap(page => page.blocks.filter(each => each.source)))
  test(`${place} is what ${source} says`, () => {
    const lines = (text: string): string =>
      text
        .split('\n')
        .map(line => line.trim())
        .join('\n')
    assert.ok(lines(readFileSync(join(ROOT, source), 'utf8')).includes(lines(code).trim()))
  })

test('the pages name the subject of what they say', () => {
  const words = pages.flatMap(({ file, text }) =>
    [...text.matchAll(/\b(?:whoever|somebody|nobody|anybody)\b/gi)].map(([word]) => `${file}: ${word}`),
  )
  assert.deepEqual(words, [])
})
