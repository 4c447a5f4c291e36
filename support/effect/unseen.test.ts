import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import test from 'node:test'
import { brokenScript, madeScript } from './testing/scripts.ts'
import { seenByOurs, shrunk, treeSitter, unseen } from './testing/witnesses.ts'

const isInstalled = ((): boolean => {
  try {
    return createRequire(import.meta.url).resolve('web-tree-sitter') !== ''
  } catch {
    return false
  }
})()
/** More of them in unseen.real.test.ts. */
const SCRIPTS = Number(process.env.NIXCUMBER_SCRIPTS ?? 1000)

test('nothing that tree-sitter-bash sees run is unseen', {
  skip: isInstalled ? false : 'npm ci has not brought web-tree-sitter',
}, async t => {
  const witness = await treeSitter()
  let understood = 0
  let compared = 0
  for (let seed = 0; seed < SCRIPTS; seed++)
    for (const script of [madeScript(seed), brokenScript(seed)]) {
      const seen = witness(script)
      if (seenByOurs(script)) understood++
      if (seen && seenByOurs(script)) compared++
      if (unseen(script, seen).length === 0) continue
      const shortest = shrunk(script, shorter => unseen(shorter, witness(shorter)).length > 0)
      assert.fail(
        `seed ${seed}: ${unseen(shortest, witness(shortest)).join(', ')} is unseen in ${JSON.stringify(shortest)}`,
      )
    }
  t.diagnostic(`${2 * SCRIPTS} scripts, ${understood} understood, ${compared} compared`)
  assert.ok(compared > SCRIPTS / 3, `only ${compared} were compared`)
})
