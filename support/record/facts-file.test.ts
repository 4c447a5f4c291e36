import assert from 'node:assert/strict'
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { type FactsFile, readFacts } from './facts-file.ts'
import { runsFolder } from './testing/recorded-run.ts'
import { writeFacts } from './write-facts.ts'

const facts = (machine: string): FactsFile => ({
  format: 1,
  machine,
  gathered: '2026-05-01T12:00:00.000Z',
  sections: { system: { hostname: 't14' } },
  missing: { nodes: 'there is no Kubernetes here' },
})

test('what is written of each machine can be read by its name', () => {
  using run = runsFolder()
  for (const machine of ['web1', '../../odd name']) writeFacts(run.folder, facts(machine))
  assert.deepEqual(readdirSync(join(run.folder, 'facts')).sort(), ['..-..-odd-name.json', 'web1.json'])
  assert.deepEqual(readFacts(run.folder), new Map(['../../odd name', 'web1'].map(name => [name, facts(name)])))
})

test('a damaged file costs itself only, and a run without facts has none', () => {
  using run = runsFolder()
  assert.equal(readFacts(run.folder).size, 0)
  writeFacts(run.folder, facts('web1'))
  writeFileSync(join(run.folder, 'facts/web2.json'), '{"format":1,"machine"')
  writeFileSync(join(run.folder, 'facts/web3.json.123.new'), JSON.stringify(facts('web3')))
  assert.deepEqual([...readFacts(run.folder).keys()], ['web1'])
})
