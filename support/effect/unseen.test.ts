import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import test from 'node:test'
import { compareWithParser } from './testing/compare.ts'

const isInstalled = ((): boolean => {
  try {
    return createRequire(import.meta.url).resolve('web-tree-sitter') !== ''
  } catch {
    return false
  }
})()
const skip = isInstalled ? false : 'npm ci has not brought web-tree-sitter'

/** More of them in unseen.real.test.ts. */
const SCRIPTS = Number(process.env.NIXCUMBER_SCRIPTS ?? 2000)

test('nothing that tree-sitter-bash sees run is unseen', { skip }, async t => {
  const compared = await compareWithParser(0, SCRIPTS)
  t.diagnostic(`${SCRIPTS} scripts, ${compared} compared`)
  assert.ok(compared > SCRIPTS / 5, `only ${compared} were compared`)
})
