import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import test from 'node:test'
import { DRIVER_REGISTRY, LAYERS, ROOMS, type Rooms } from './layers.ts'

const root = resolve(import.meta.dirname, '../..')
const layerOf = (file: string): string => {
  const [top = '', second = ''] = file.split('/')
  return top === 'support' ? second : top
}

const all = ['support', 'steps', 'features'].flatMap(folder =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map(file => `${folder}/${file}`),
)
/** What only tests of a folder need stands in its `testing`; support/testing is a layer of its own. */
const isHelper = (file: string): boolean =>
  /^support\/[^/]+\/(?:.+\/)?testing\//.test(file) && layerOf(file) !== 'testing'
const helpers = all.filter(isHelper)
const sources = all.filter(file => !isHelper(file))

function imports(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8')
  return [...text.matchAll(/(?:from|import\()\s*'(\.[^']+)'/g)].map(([, path = '']) =>
    relative(root, resolve(root, dirname(file), path)),
  )
}

const upward = (files: readonly string[]): string[] =>
  files.flatMap(file =>
    imports(file)
      .filter(target => layerOf(target) !== layerOf(file) && !LAYERS[layerOf(file)]?.includes(layerOf(target)))
      .map(target => `${file} imports ${target}: ${layerOf(file)} may only know ${LAYERS[layerOf(file)]?.join(', ')}`),
  )

test('every folder imports only what stands below it', () => assert.deepEqual(upward(sources), []))

test('what only the tests of a folder need knows no more than the folder', () => {
  assert.ok(helpers.length > 20)
  assert.deepEqual(upward(helpers), [])
})

/** Run by tests only, too: what claims are judged by, and what measures. */
const OF_TESTS = /^support\/(?:claim|target)\/rows\/|\.(?:rows|answers|bench)\.ts$/

test('only tests, and what they need, import what is there for tests', () => {
  const broken = sources
    .filter(file => layerOf(file) !== 'testing' && !file.startsWith('features/') && !OF_TESTS.test(file))
    .flatMap(file =>
      imports(file)
        .filter(target => isHelper(target) || OF_TESTS.test(target))
        .map(target => `${file} imports ${target}`),
    )
  assert.deepEqual(broken, [])
})

test('only the registry names machine drivers', () => {
  const broken = sources.filter(
    file =>
      file !== DRIVER_REGISTRY &&
      !file.startsWith('support/machine/drivers/') &&
      imports(file).some(target => target.startsWith('support/machine/drivers/')),
  )
  assert.deepEqual(broken, [])
})

test('no report is made from what is shown in the terminal while a run goes on', () => {
  const inside = (file: string): boolean => file.startsWith('support/report/terminal/')
  const broken = sources.filter(file => layerOf(file) === 'report' && !inside(file) && imports(file).some(inside))
  assert.deepEqual(broken, [])
})

const roomOf = (file: string): string => /^support\/[a-z]+\/([a-z]+)\//.exec(file)?.[1] ?? ''

/** What a room imports of another that its folder does not let it know. */
const astray = (layer: string, rooms: Rooms, files: readonly string[]): string[] =>
  files.flatMap(file =>
    imports(file)
      .filter(target => layerOf(target) === layer && !isHelper(target) && roomOf(target) !== roomOf(file))
      .filter(target => !rooms[roomOf(file)]?.includes(roomOf(target)))
      .map(target => `${file} imports ${target}`),
  )

for (const [layer, rooms] of Object.entries(ROOMS))
  test(`each room of support/${layer} imports only what stands below it`, () => {
    const inside = sources.filter(file => layerOf(file) === layer && !OF_TESTS.test(file))
    assert.deepEqual(astray(layer, rooms, inside), [])
    assert.deepEqual([...new Set(inside.map(roomOf))].sort(), Object.keys(rooms).sort())
  })

test('no two rooms stand above each other, but what a machine is and its nouns', () => {
  const above = (rooms: Rooms, from: string, seen: readonly string[] = []): string[] =>
    seen.includes(from) ? [] : (rooms[from] ?? []).flatMap(room => [room, ...above(rooms, room, [...seen, from])])
  const circular = Object.entries(ROOMS).flatMap(([layer, rooms]) =>
    Object.keys(rooms)
      .filter(room => above(rooms, room).includes(room))
      .map(room => `${layer}/${room}`),
  )
  assert.deepEqual(
    circular.filter(
      room => !['machine/', 'machine/qemu', 'machine/display', 'machine/store', 'machine/runtime'].includes(room),
    ),
    [],
  )
})

test('only support/cucumber knows cucumber from the inside', () => {
  const inside = /from '@cucumber\/cucumber\/(?:api|lib)|'@cucumber\/cucumber\/lib/
  const broken = sources.filter(
    file => !file.startsWith('support/cucumber/') && inside.test(readFileSync(join(root, file), 'utf8')),
  )
  assert.deepEqual(broken, [])
})

test('a helper of tests that knows too much, and a program that knows one, would be found', () => {
  assert.ok(isHelper('support/machine/testing/processes.ts') && isHelper('support/runner/workers/testing/x.ts'))
  assert.ok(!isHelper('support/testing/lab/start.ts') && !isHelper('support/machine/machine.ts'))
})

test('no file takes part in an import cycle', () => {
  const done = new Set<string>()
  const visit = (file: string, path: readonly string[]): void => {
    assert.ok(!path.includes(file), `import cycle: ${[...path, file].join(' -> ')}`)
    if (done.has(file)) return
    for (const target of valueImports(file)) visit(target, [...path, file])
    done.add(file)
  }
  for (const file of all) visit(file, [])
})

test('every layer in the table exists or is yet to be built, and none is missing from it', () => {
  assert.deepEqual(
    [...new Set(sources.map(layerOf))].filter(layer => !(layer in LAYERS)),
    [],
  )
})

function valueImports(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8')
  return [...text.matchAll(/^import (?!type )[^;]*?from '(\.[^']+)'/gm)].map(([, path = '']) =>
    relative(root, resolve(root, dirname(file), path)),
  )
}
