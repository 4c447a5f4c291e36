import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import test from 'node:test'
import { compareWithBash, compareWithParser } from './testing/compare.ts'

/** `NIXCUMBER_SEED` for others than these. */
const SCRIPTS = Number(process.env.NIXCUMBER_SCRIPTS ?? 10_000)
const FIRST = 1_000_000 + Number(process.env.NIXCUMBER_SEED ?? 0)

test('nothing that tree-sitter-bash sees run is unseen, in 10,000 scripts', async t => {
  const compared = await compareWithParser(FIRST, SCRIPTS)
  t.diagnostic(`${SCRIPTS} scripts, ${compared} compared`)
  assert.ok(compared > SCRIPTS / 5, `only ${compared} were compared`)
})

const skip = existsSync('/bin/bash') ? false : 'needs /bin/bash'
test('nothing that bash runs is unseen, of scripts that are understood, broken ones among them', { skip }, t => {
  const ran = compareWithBash(FIRST, SCRIPTS / 4)
  t.diagnostic(`${ran} commands were run`)
  assert.ok(ran > SCRIPTS / 4, `only ${ran} commands were run`)
})
