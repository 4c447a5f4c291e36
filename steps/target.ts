/** The machine that is to be wiped, as the run has looked at it (`--target`), and what a host needs of it. */
import type { Duration } from '../support/core/time/duration.ts'
import { hasDisk } from '../support/target/judge/disks.ts'
import { bootsAsExpected, hasArchitecture } from '../support/target/judge/firmware.ts'
import { networkFits } from '../support/target/judge/network.ts'
import { asksFor } from '../support/target/sentences.ts'
import type { DiskSize } from '../support/world/words/disk-size.ts'
import { Then } from '../support/world/words/sentence.ts'

Then('the target has disk {string} of at least {disk-size}', async function (device: string, size: DiskSize) {
  await this.target.expect(asksFor.disk(device, size.text), facts => hasDisk(facts, device, size.bytes))
})

Then('nothing else hangs on the disks of host {string}', async function (host: string) {
  await this.target.expectNothingElseHangs(host)
})

Then('the target boots as host {string} expects', async function (host: string) {
  await this.target.expectFor(host, asksFor.firmware(host), bootsAsExpected)
})

Then('the target has the architecture of host {string}', async function (host: string) {
  await this.target.expectFor(host, asksFor.architecture(host), hasArchitecture)
})

Then('disks and network cards of the target have drivers in host {string}', async function (host: string) {
  await this.target.expectDrivers(host)
})

Then('the network of the target fits host {string}', async function (host: string) {
  await this.target.expectFor(host, asksFor.network(host), networkFits)
})

Then('the target has memory for the installer', async function () {
  await this.target.expectMemory()
})

Then('the host key of the target is kept', async function () {
  await this.target.expectHostKeyKept()
})

Then('a backup of the target is not older than {duration}', async function (age: Duration) {
  await this.target.expectBackup(age)
})
