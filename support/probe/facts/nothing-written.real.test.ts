/** Gathering facts leaves no trace: the system calls tell. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { tracesSkip as skip, traces } from '../testing/traces.ts'
import { factsCommand } from './machine-facts.ts'

test('nothing is written on the machine', { skip }, () => assert.deepEqual(traces(factsCommand().script), []))

test('what is written would be seen', { skip }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'traces-'))
  try {
    const found = traces(`${factsCommand().script}\necho x > ${folder}/x; mkdir ${folder}/y`)
    assert.equal(found.length, 2)
  } finally {
    rmSync(folder, { recursive: true })
  }
})
