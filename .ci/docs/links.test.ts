import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { pages, ROOT, readPage } from './page.ts'

const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: ROOT,
  encoding: 'utf8',
}).split('\n')

for (const { file, links } of pages)
  test(`${file} links to what is there`, () => {
    const broken = links.filter(target => !target.startsWith('https://') && !leadsSomewhere(file, target))
    assert.deepEqual(broken, [])
  })

test('every page can be reached from the README', () => {
  const reached = new Set<string>()
  const visit = (file: string): void => {
    if (reached.has(file)) return
    reached.add(file)
    for (const target of readPage(file).links) if (/\.md(#|$)/.test(target)) visit(fileOf(file, target))
  }
  visit('README.md')
  assert.deepEqual(
    pages.map(({ file }) => file).filter(file => !reached.has(file)),
    [],
  )
})

test('a link to nowhere is noticed', () => {
  assert.ok(!leadsSomewhere('docs/machines.md', 'machine.md'))
  assert.ok(!leadsSomewhere('docs/machines.md', 'features.md#no-such-heading'))
  assert.ok(leadsSomewhere('docs/machines.md', '../README.md#two-commands'))
})

/** Folders and files of the repository, in whatever page or source they are named. */
const NAMED = /(?<![\w/.~-])(?:support|\.ci|fixtures|steps|bin|docs)\/[\w./-]*\w/g

test('what the pages name of the repository is there', () => {
  const named = pages.flatMap(({ file, inline }) =>
    inline.flatMap(text => [...text.matchAll(NAMED)].map(([path]) => `${file}: ${path}`)),
  )
  assert.ok(named.length > 20, `${named.length} names`)
  assert.deepEqual(
    named.filter(each => !existsSync(join(ROOT, each.replace(/^.*: /, '')))),
    [],
  )
})

test('the picture of the rooms shows each of them', () => {
  const { text } = readPage('CONTRIBUTING.md')
  const shown = [...text.matchAll(/^ {2}(\w+)\/ /gm)].map(([, room = '']) => room)
  const folders = readdirSync(join(ROOT, 'support'), { withFileTypes: true }).filter(entry => entry.isDirectory())
  assert.deepEqual(shown.sort(), folders.map(({ name }) => name).sort())
})

test('comments name no document that is not in the repository', () => {
  const sources = tracked.filter(file => /^(?:support|steps|features|\.ci|bin)\/.*\.(?:ts|js|nix|sh|yml)$/.test(file))
  const missing = sources.flatMap(file =>
    commentsIn(readFileSync(join(ROOT, file), 'utf8'))
      .flatMap(comment => comment.match(/[\w./-]*\w\.md\b/g) ?? [])
      .filter(path => !tracked.some(each => each === path || each.endsWith(`/${path}`)))
      .map(path => `${file}: ${path}`),
  )
  assert.deepEqual(missing, [])
})

const commentsIn = (source: string): string[] => source.match(/^\s*(?:\/?\*|\/\/|#).*$/gm) ?? []

function leadsSomewhere(from: string, target: string): boolean {
  const [, anchor] = target.split('#')
  const file = fileOf(from, target)
  if (!existsSync(join(ROOT, file))) return false
  return anchor === undefined || readPage(file).anchors.includes(anchor)
}

function fileOf(from: string, target: string): string {
  const [path = ''] = target.split('#')
  return path === '' ? from : join(from, '..', path)
}
