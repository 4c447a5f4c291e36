import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import test from 'node:test'
import { brokenScript, madeScript } from './testing/scripts.ts'
import { ranByBash, seenByOurs, shrunk, treeSitter, unseen } from './testing/witnesses.ts'

/** Of each kind; `NIXCUMBER_SEED` for others than these. */
const SCRIPTS = Number(process.env.NIXCUMBER_SCRIPTS ?? 5000)
const FIRST = 1_000_000 + Number(process.env.NIXCUMBER_SEED ?? 0)
const BATCH = 500

test('nothing that tree-sitter-bash sees run is unseen, in 10,000 scripts', async t => {
  const witness = await treeSitter()
  let compared = 0
  for (let seed = FIRST; seed < FIRST + SCRIPTS; seed++)
    for (const script of [madeScript(seed), brokenScript(seed)]) {
      const seen = witness(script)
      if (seen && seenByOurs(script)) compared++
      if (unseen(script, seen).length === 0) continue
      const shortest = shrunk(script, shorter => unseen(shorter, witness(shorter)).length > 0)
      assert.fail(
        `seed ${seed}: ${unseen(shortest, witness(shortest)).join(', ')} is unseen in ${JSON.stringify(shortest)}`,
      )
    }
  t.diagnostic(`${2 * SCRIPTS} scripts, ${compared} compared`)
  assert.ok(compared > SCRIPTS / 3, `only ${compared} were compared`)
})

test('nothing that bash runs is unseen, of scripts that are understood', {
  skip: existsSync('/bin/bash') ? false : 'needs /bin/bash',
}, t => {
  let ran = 0
  for (let from = FIRST; from < FIRST + SCRIPTS / 2; from += BATCH) {
    const seeds = Array.from({ length: BATCH }, (_, i) => from + i)
    const scripts = seeds.flatMap(seed => [madeScript(seed), brokenScript(seed)]).filter(script => seenByOurs(script))
    for (const [at, names] of ranByBash(scripts).entries()) {
      const script = scripts[at] ?? ''
      ran += names.size
      if (unseen(script, names).length === 0) continue
      const fails = (shorter: string): boolean => unseen(shorter, ranByBash([shorter])[0]).length > 0
      const shortest = shrunk(script, fails)
      assert.fail(`from seed ${from}: ${[...names]} of ${JSON.stringify(script)}, shortest ${JSON.stringify(shortest)}`)
    }
  }
  t.diagnostic(`${ran} commands were run`)
  assert.ok(ran > SCRIPTS / 2, `only ${ran} commands were run`)
})
