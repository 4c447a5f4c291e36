/** Machines: bringing them into play, how they are asked, and their power. */
import { type BootState, comesBack, hasPanicked, isOff, isRunning } from '../support/claim/system/boot-state.ts'
import type { UsageError } from '../support/core/errors.ts'
import { refuse } from '../support/core/refusal.ts'
import { Deadline } from '../support/core/time/deadline.ts'
import { type Duration, minutes, scale, seconds } from '../support/core/time/duration.ts'
import type { Expectation } from '../support/expect/expectation.ts'
import type { PowerAction } from '../support/machine/machine.ts'
import { destroys, reads, restarts } from '../support/world/effect.ts'
import { bootStateOf, noteBoot, rememberBoot, rememberedBoot } from '../support/world/machines/boot-state.ts'
import { startInstalled, startMachine } from '../support/world/machines/start-machine.ts'
import { rejoin } from '../support/world/network/join-network.ts'
import { Given, Then, When } from '../support/world/words/sentence.ts'
import type { NixWorld } from '../support/world/world.ts'

/** systemd alone gives a unit 90 seconds to stop. */
const BUDGET = minutes(3)
const LOOK = { budget: seconds(30), attempt: seconds(10) }

Given(
  'machine {string} is running',
  reads(async function (this: NixWorld, name: string) {
    // as a Then it must be able to fail, and start nothing
    if (this.judging) await judge(this, name, isRunning)
    else await startMachine(this, name)
  }),
)

Given(
  'machine {string} is installed',
  reads(async function (this: NixWorld, name: string) {
    await startInstalled(this, name)
  }),
)

Given(
  'machine {string} runs host {string}',
  reads(async function (this: NixWorld, name: string, host: string) {
    await startMachine(this, name, host)
  }),
)

Given(
  'commands run over ssh',
  reads(function (this: NixWorld) {
    this.transport = 'ssh'
  }),
)

Given(
  'commands run over serial',
  reads(function (this: NixWorld) {
    this.transport = 'serial'
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

When(
  'machine {string} loses power',
  destroys(async function (this: NixWorld, name: string) {
    await power(this, name, 'crash')
  }),
)

Then('machine {string} is off{within}', async function (name: string, within?: Duration) {
  await judge(this, name, isOff, within)
})

Then('machine {string} has panicked{within}', async function (name: string, within?: Duration) {
  await judge(this, name, hasPanicked, within)
})

Then('machine {string} comes back{within}', async function (name: string, within?: Duration) {
  const machine = await this.machine(name)
  const wanted = comesBack(rememberedBoot(this, machine))
  noteBoot(this, machine, await judge(this, name, wanted, within ?? scale(BUDGET, machine.slowness)))
  await rejoin(this, machine)
})

async function judge(
  world: NixWorld,
  name: string,
  wanted: Expectation<BootState>,
  within?: Duration,
): Promise<BootState> {
  const machine = await world.machine(name)
  return world.watch(machine, bootStateOf(world, machine), wanted, { ...LOOK, ...(within && { within }) })
}

async function power(world: NixWorld, name: string, action: PowerAction, within?: Duration): Promise<void> {
  const machine = await world.machine(name)
  const state = await machine.state()
  if (action === 'boot' && state === 'panicked') throw stuck(name)
  if (state === 'running') await rememberBoot(world, machine)
  await machine.power(action, Deadline.after(within ?? scale(BUDGET, machine.slowness)))
  await rejoin(world, machine)
}

const stuck = (name: string): UsageError =>
  refuse({
    what: `Machine "${name}" has panicked and stands still: it is not off, and cannot be booted`,
    expected: 'a machine that is off',
    next: `press its reset button: When machine "${name}" is reset`,
  })
