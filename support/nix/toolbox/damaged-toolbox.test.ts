import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { EnvironmentBroken } from '../../core/errors.ts'
import { silentProgress } from '../../core/progress.ts'
import { recipeHash, TOOLBOX_PACKAGES } from './recipe.ts'
import { Toolbox } from './toolbox.ts'

test('a toolbox that lost its programs is recognised, with the command that makes it anew', async t => {
  const cache = mkdtempSync(join(tmpdir(), 'damaged-'))
  t.after(() => rmSync(cache, { recursive: true }))
  mkdirSync(join(cache, `toolbox-${recipeHash(...TOOLBOX_PACKAGES)}`))
  await assert.rejects(
    Toolbox.open({ cache, offline: false, why: 'a test', progress: silentProgress }),
    (error: unknown) =>
      error instanceof EnvironmentBroken &&
      /^The toolbox does not run here\n[\s\S]*make it anew: nixcumber clean --cache/.test(error.message),
  )
})
