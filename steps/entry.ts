/** Who gets into a host, as it is declared: evaluated, not asked of a machine. */
import { Then } from '../support/world/words/sentence.ts'

Then('my key gets into host {string}', async function (host: string) {
  await this.flake.expectEntry(host, this.context.settings.machines[host]?.plan?.identity)
})
