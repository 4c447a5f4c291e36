import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { featureRevision } from './feature-revision.ts'

const WHO = ['-c', 'user.name=t', '-c', 'user.email=t@t14.test', '-c', 'commit.gpgsign=false']
const git = (folder: string, ...words: readonly string[]): string =>
  execFileSync('git', ['-C', folder, ...WHO, ...words], { encoding: 'utf8' }).trim()

/** A repository with one commit, in which the project is a folder. */
function repository() {
  const root = mkdtempSync(join(tmpdir(), 'revision-'))
  const project = join(root, 'homelab')
  mkdirSync(project)
  writeFileSync(join(project, 'a.feature'), 'Feature: a')
  git(root, 'init', '--quiet')
  git(root, 'add', '--all')
  git(root, 'commit', '--quiet', '--message', 'one')
  return { root, project, [Symbol.dispose]: () => rmSync(root, { recursive: true }) }
}

const sources = (entries: readonly (readonly [string, string])[]) => featureRevision(tmpdir(), new Map(entries))

test('features are told by the commit that they are in, and whether they are as it has them', async () => {
  using place = repository()
  const revision = git(place.root, 'rev-parse', 'HEAD')
  const told = async () => {
    const { hash, ...rest } = await featureRevision(place.project, new Map())
    return rest
  }
  assert.deepEqual(await told(), { revision, dirty: false })
  writeFileSync(join(place.root, 'beside'), 'is no part of the project')
  assert.deepEqual(await told(), { revision, dirty: false })
  writeFileSync(join(place.project, 'b.feature'), 'Feature: b')
  assert.deepEqual(await told(), { revision, dirty: true })
})

test('without git the text alone tells them, in whatever order it was read', async () => {
  const [a, b] = [['a.feature', 'Feature: a'] as const, ['b.feature', 'Feature: b'] as const]
  const told = await sources([a, b])
  assert.match(told.hash, /^sha256-[0-9a-f]{64}$/)
  assert.deepEqual(await sources([b, a]), { hash: told.hash })
  const others = [
    [a],
    [a, [b[0], 'Feature: c']],
    [a, ['c.feature', b[1]]],
    [['a.feature', 'Feature: ab.feature']],
  ] as const
  const hashes = await Promise.all(others.map(sources))
  assert.equal(new Set([told, ...hashes].map(({ hash }) => hash)).size, 1 + others.length)
})
