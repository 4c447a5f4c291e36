/** Machines: bringing them into play, how they are asked, and their power. */
import { Deadline } from '../support/core/deadline.ts'
import { type Duration, minutes, scale } from '../support/core/duration.ts'
import type { PowerAction } from '../support/machine/machine.ts'
import { bring } from '../support/world/bring.ts'
import { destroys, reads, restarts } from '../support/world/effect.ts'
import { Given, When } from '../support/world/sentence.ts'
import type { NixWorld } from '../support/world/world.ts'

/** systemd alone gives a unit 90 seconds to stop. */
const BUDGET = minutes(3)

Given(
  'machine {string} is running',
  reads(async function (this: NixWorld, name: string) {
    await bring(this, name)
  }),
)

Given(
  'machine {string} runs host {string}',
  reads(async function (this: NixWorld, name: string, host: string) {
    await bring(this, name, host)
  }),
)

Given(
  'commands run over ssh',
  reads(function (this: NixWorld) {
    this.via = 'ssh'
  }),
)

Given(
  'commands run over serial',
  reads(function (this: NixWorld) {
    this.via = 'serial'
  }),
)

When(
  'machine {string} boots{within}',
  restarts(async function (this: NixWorld, name: string, within?: Duration) {
    await power(this, name, 'boot', within)
  }),
)

When(
  'machine {string} reboots{within}',
  restarts(async function (this: NixWorld, name: string, within?: Duration) {
    await power(this, name, 'reboot', within)
  }),
)

When(
  'machine {string} shuts down{within}',
  restarts(async function (this: NixWorld, name: string, within?: Duration) {
    await power(this, name, 'shutdown', within)
  }),
)

When(
  'machine {string} is reset{within}',
  destroys(async function (this: NixWorld, name: string, within?: Duration) {
    await power(this, name, 'reset', within)
  }),
)

When(
  'machine {string} crashes',
  destroys(async function (this: NixWorld, name: string) {
    await power(this, name, 'crash')
  }),
)

async function power(world: NixWorld, name: string, action: PowerAction, within?: Duration): Promise<void> {
  const machine = await world.machine(name)
  await machine.power(action, Deadline.after(within ?? scale(BUDGET, machine.slowness)))
}
