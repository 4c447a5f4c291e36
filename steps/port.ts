import { portIsListening, portIsListeningOn } from '../support/claim/network/port.ts'
import { isReachable, type Reach } from '../support/claim/network/reach.ts'
import { NotSupported } from '../support/core/errors.ts'
import { seconds } from '../support/core/time/duration.ts'
import type { IpAddress } from '../support/core/values/ip-address.ts'
import type { Expectation } from '../support/expect/expectation.ts'
import { not } from '../support/expect/not.ts'
import { type PortQuery, port } from '../support/probe/network/port.ts'
import { reachability } from '../support/world/network/reachable.ts'
import { Then } from '../support/world/words/sentence.ts'
import type { StepSuffix } from '../support/world/words/step-suffix.ts'
import type { NixWorld } from '../support/world/world.ts'

Then('{port} is listening{tail}', async function (query: PortQuery, tail: StepSuffix) {
  await this.see(port, query, portIsListening, tail)
})

Then('{port} is not listening{tail}', async function (query: PortQuery, tail: StepSuffix) {
  await this.see(port, query, not(portIsListening, 'was still listening'), tail)
})

Then(
  '{port} is listening on address {address}{tail}',
  async function (query: PortQuery, address: IpAddress, tail: StepSuffix) {
    await this.see(port, { ...query, address }, portIsListeningOn(address), tail)
  },
)

Then(
  '{port} is not listening on address {address}{tail}',
  async function (query: PortQuery, address: IpAddress, tail: StepSuffix) {
    const wanted = not(portIsListeningOn(address), `was still listening on ${address.text}`)
    await this.see(port, { ...query, address }, wanted, tail)
  },
)

Then('{port} is reachable{tail}', async function (query: PortQuery, tail: StepSuffix) {
  await reach(this, query, isReachable, tail)
})

Then('{port} is not reachable{tail}', async function (query: PortQuery, tail: StepSuffix) {
  await reach(this, query, not(isReachable, 'was still reachable'), tail)
})

async function reach(world: NixWorld, query: PortQuery, wanted: Expectation<Reach>, tail: StepSuffix): Promise<void> {
  if (query.protocol === 'udp')
    throw new NotSupported('A udp port gives no sign of being reached: say that it is listening')
  const machine = await world.machine(tail.machine)
  const seen = reachability(machine, query.port)
  await world.watch(machine, seen, wanted, { attempt: seconds(5), budget: port.budget, ...tail })
}
