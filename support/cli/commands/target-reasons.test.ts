/** Each reason against a target, and against what was installed, is shown where its list says. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { AFTER_REASONS, type Shown, TARGET_REASONS } from '../../gate/target/reasons.ts'
import { candidates } from '../../runner/workers/testing/candidates.ts'
import { TARGET_TABLES } from '../../target/rows/tables.ts'

const read = (file: string): string => readFileSync(join(import.meta.dirname, '../../..', file), 'utf8')

/** A scenario fails where it says that nothing came of it, by another exit code than 0. */
function inScenario(shown: Extract<Shown, { readonly scenario: string }>): void {
  const file = `features/framework/${shown.of}.feature`
  const pickle = candidates({ [file]: read(file) }).find(one => one.pickle.name === shown.scenario)?.pickle
  assert.ok(pickle, `${file} has no scenario "${shown.scenario}"`)
  assert.ok(
    pickle.steps.some(({ text }) => /^the exit code is [13]$/.test(text)),
    `"${shown.scenario}" is a GO`,
  )
  const said = pickle.steps.map(({ text, argument }) => `${text} ${JSON.stringify(argument ?? '')}`).join('\n')
  assert.ok(said.includes(shown.says), `"${shown.scenario}" does not say "${shown.says}"`)
}

function inRow({ sentence, row }: Extract<Shown, { readonly row: string }>): void {
  const found = TARGET_TABLES[sentence]?.find(([outcome, what]) => outcome === 'not held' && what === row)
  assert.ok(found, `"${sentence}" has no row "${row}" that does not hold`)
}

function inTest({ in: file, test: name }: Extract<Shown, { readonly test: string }>): void {
  assert.ok(read(file).includes(`'${name}'`), `${file} has no test "${name}"`)
}

for (const [reason, shown] of Object.entries({ ...TARGET_REASONS, ...AFTER_REASONS }))
  test(`no GO: ${reason}`, () => {
    if ('scenario' in shown) inScenario(shown)
    else if ('row' in shown) inRow(shown)
    else inTest(shown)
  })
