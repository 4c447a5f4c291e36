import assert from 'node:assert/strict'
import { existsSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { Project } from '../testing/started.ts'

test('images of stores that no run uses any more are told before they go; the others stay', async () => {
  using project = new Project()
  const stores = join(project.folder, 'nixcumber/stores')
  const [old, used] = ['old', 'used'].map(name => join(stores, name)) as [string, string]
  for (const folder of [old, used]) {
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'store.erofs'), Buffer.alloc(4096, 1))
  }
  const twoDaysAgo = Date.now() / 1000 - 48 * 3600
  utimesSync(old, twoDaysAgo, twoDaysAgo)
  const clean = async (...words: string[]): Promise<string> => {
    using started = project.start(['clean', ...words], { XDG_CACHE_HOME: project.folder })
    assert.equal(await started.ended, 0, started.output)
    return started.output
  }
  assert.match(await clean('--dry-run'), /^Would remove 1 store image that no run uses any more: 8\.0 KiB$/m)
  assert.ok(existsSync(old))
  assert.match(await clean(), /^Removed 1 store image that no run uses any more: 8\.0 KiB$/m)
  assert.deepEqual([existsSync(old), existsSync(used)], [false, true])
  assert.doesNotMatch(await clean(), /store image/)
})
