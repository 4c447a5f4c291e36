/** What goes wrong in the world outside of a configuration, done on purpose, and what is expected of the machine then. */

import { succeeds } from '../support/claim/command.ts'
import { unitIs, unitIsAgain } from '../support/claim/units/unit.ts'
import { type Duration, scale, seconds } from '../support/core/time/duration.ts'
import { unit } from '../support/probe/units/unit.ts'
import { unitKill } from '../support/probe/units/unit-verb.ts'
import { changes, destroys } from '../support/world/effect.ts'
import { jumpClock } from '../support/world/fault/clock.ts'
import { emptyDisk, fillDisk } from '../support/world/fault/disk.ts'
import { freeMemory, leaveMemory } from '../support/world/fault/memory.ts'
import { panic } from '../support/world/fault/panic.ts'
import { rememberBoot, rememberedStart, rememberStart } from '../support/world/machines/boot-state.ts'
import { hardware } from '../support/world/machines/hardware.ts'
import { Then, When } from '../support/world/words/sentence.ts'
import type { StepSuffix, Target } from '../support/world/words/step-suffix.ts'
import type { NixWorld } from '../support/world/world.ts'

When(
  'the disk of {path} is full{place}',
  changes(async function (this: NixWorld, point: string, { machine }: Target) {
    await fillDisk(this, await this.machine(machine), point)
  }),
)

When(
  'the disk of {path} has room again{place}',
  changes(async function (this: NixWorld, point: string, { machine }: Target) {
    await emptyDisk(this, await this.machine(machine), point)
  }),
)

When(
  'only {int} MiB of memory are left{place}',
  changes(async function (this: NixWorld, mebibytes: number, { machine }: Target) {
    await leaveMemory(this, await this.machine(machine), mebibytes)
  }),
)

When(
  'the memory is free again{place}',
  changes(async function (this: NixWorld, { machine }: Target) {
    await freeMemory(this, await this.machine(machine))
  }),
)

When(
  'the clock jumps forward by {duration}{place}',
  changes(async function (this: NixWorld, by: Duration, { machine }: Target) {
    await jumpClock(this, await this.machine(machine), by)
  }),
)

When(
  'the clock jumps back by {duration}{place}',
  changes(async function (this: NixWorld, by: Duration, { machine }: Target) {
    await jumpClock(this, await this.machine(machine), scale(by, -1))
  }),
)

When(
  'the network link goes down{place}',
  changes(async function (this: NixWorld, { machine }: Target) {
    await hardware(await this.machine(machine)).setLink(false)
  }),
)

When(
  'the network link comes up{place}',
  changes(async function (this: NixWorld, { machine }: Target) {
    await hardware(await this.machine(machine)).setLink(true)
  }),
)

When(
  'service {unit} is killed{place}',
  changes(async function (this: NixWorld, name: string, place: Target) {
    const machine = await this.machine(place.machine)
    const within = scale(seconds(10), machine.slowness)
    const { invocation } = await this.see(unit, name, unitIs('active'), { ...place, within })
    rememberStart(this, machine, name, invocation)
    await this.see(unitKill, name, succeeds, { ...place, now: true })
  }),
)

When(
  'the kernel panics{place}',
  destroys(async function (this: NixWorld, { machine: name }: Target) {
    const machine = await this.machine(name)
    await rememberBoot(this, machine)
    await panic(this, machine)
  }),
)

Then('service {unit} is active again{tail}', async function (name: string, tail: StepSuffix) {
  const machine = await this.machine(tail.machine)
  const { invocation } = await this.see(unit, name, unitIsAgain(rememberedStart(this, machine, name)), tail)
  rememberStart(this, machine, name, invocation)
})
