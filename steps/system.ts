import { bootLoaderStarts } from '../support/claim/system/boot-loader.ts'
import { noRebootNeeded, systemIs } from '../support/claim/system/nixos.ts'
import { timeZoneIs } from '../support/claim/system/time-zone.ts'
import { seconds } from '../support/core/time/duration.ts'
import { bootFiles } from '../support/probe/boot/boot-files.ts'
import { nixos } from '../support/probe/system/nixos.ts'
import { timeZone } from '../support/probe/system/time-zone.ts'
import { clockIsRight, clockOf } from '../support/world/machines/clock.ts'
import { Then } from '../support/world/words/sentence.ts'
import type { StepSuffix } from '../support/world/words/step-suffix.ts'

Then('the running system is host {string}{tail}', async function (host: string, tail: StepSuffix) {
  const { plan } = await this.machine(tail.machine)
  const own = await this.flake.toplevel(host)
  // a virtual machine runs the host's system with the harness in it, which has a path of its own
  const inside = plan.toplevel === own ? plan.vmToplevel : undefined
  await this.see(nixos, undefined, systemIs(inside ?? own), tail)
})

Then('the boot loader starts host {string}{tail}', async function (host: string, tail: StepSuffix) {
  const toplevel = await this.flake.toplevel(host)
  await this.see(bootFiles, { toplevel }, bootLoaderStarts(toplevel), tail)
})

Then('no reboot is needed{tail}', async function (tail: StepSuffix) {
  await this.see(nixos, undefined, noRebootNeeded, tail)
})

Then('the time zone is {time-zone}{tail}', async function (zone: string, tail: StepSuffix) {
  await this.see(timeZone, zone, timeZoneIs(zone), tail)
})

Then('the clock is right{tail}', async function (tail: StepSuffix) {
  const machine = await this.machine(tail.machine)
  const clock = clockOf(machine, () => this.shell(machine))
  await this.watch(machine, clock, clockIsRight, { budget: seconds(10), attempt: seconds(5), ...tail })
})
