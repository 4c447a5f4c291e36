import type { DataTable } from '@cucumber/cucumber'
import { succeeds } from '../support/claim/command.ts'
import { type UnitState, unitExists, unitIs, unitStays } from '../support/claim/units/unit.ts'
import { propertyIs } from '../support/claim/units/unit-property.ts'
import type { Duration } from '../support/core/time/duration.ts'
import { every } from '../support/expect/every.ts'
import { not } from '../support/expect/not.ts'
import { unit, units } from '../support/probe/units/unit.ts'
import { unitProperty } from '../support/probe/units/unit-properties.ts'
import { type UnitVerb, unitAction } from '../support/probe/units/unit-verb.ts'
import { changes } from '../support/world/effect.ts'
import { rememberStart } from '../support/world/machines/boot-state.ts'
import { Then, When } from '../support/world/words/sentence.ts'
import type { StepSuffix, Target } from '../support/world/words/step-suffix.ts'
import { readTable } from '../support/world/words/table.ts'
import { readUnit } from '../support/world/words/words.ts'
import type { NixWorld } from '../support/world/world.ts'

When(
  'service {unit} is {unit-verb}{place}',
  changes(async function (this: NixWorld, name: string, verb: UnitVerb, place: Target) {
    await this.see(unitAction, { name, verb }, succeeds, { ...place, now: true })
  }),
)

Then('service {unit} is {unit-state}{tail}', async function (name: string, state: UnitState, tail: StepSuffix) {
  const { invocation } = await this.see(unit, name, unitIs(state), tail)
  if (state === 'active') rememberStart(this, await this.machine(tail.machine), name, invocation)
})

Then('service {unit} is not {unit-state}{tail}', async function (name: string, state: UnitState, tail: StepSuffix) {
  await this.see(unit, name, not(unitIs(state), `was still ${state}`), tail)
})

Then(
  'service {unit} stays {unit-state} for {duration}{place}',
  async function (name: string, state: UnitState, lasting: Duration, place: Target) {
    await this.keepSeeing(unit, name, unitStays(state), { ...place, lasting })
  },
)

Then('service {unit} exists{tail}', async function (name: string, tail: StepSuffix) {
  await this.see(unit, name, unitExists, tail)
})

Then('service {unit} does not exist{tail}', async function (name: string, tail: StepSuffix) {
  await this.see(unit, name, not(unitExists, 'still existed'), tail)
})

Then(
  'service {unit} has {string} set to {string}{tail}',
  async function (name: string, key: string, value: string, tail: StepSuffix) {
    const query = { unit: name, property: key }
    await this.see(unitProperty, query, propertyIs(query, value), tail)
  },
)

Then('these services are {unit-state}{tail}:', async function (state: UnitState, tail: StepSuffix, table: DataTable) {
  const names = readTable(table.raw(), { of: 'services', columns: ['service'] }).map(row => readUnit(row.service ?? ''))
  const rows = names.map(name => ({ name, expectation: unitIs(state) }))
  await this.see(units, names, every(rows, { is: state }), tail)
})
