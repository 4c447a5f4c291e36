import type { Command, CommandResult } from '../../core/command.ts'
import { EnvironmentBroken, NotSupported } from '../../core/errors.ts'
import { refuse } from '../../core/refusal.ts'
import { scale, seconds } from '../../core/time/duration.ts'
import { claim } from '../../expect/claim.ts'
import type { Machine } from '../../machine/machine.ts'
import { CARD, expectCard, parseRoutes, takePart } from '../../network/guest.ts'
import { card } from '../../probe/network/card.ts'
import { isLive } from '../guard.ts'
import { startMachine, wishOf } from '../machines/start-machine.ts'
import type { NixWorld } from '../world.ts'

/** A machine as a feature puts it on the network. */
export interface Member {
  readonly machine: string
  readonly host?: string
  readonly address?: string
}

const COMMAND = seconds(15)

/**
 * Brings machines into play and puts them on the private network of the run.
 * @throws UsageError for fewer than two; NotSupported for a live host
 */
export async function joinNetwork(world: NixWorld, members: readonly Member[]): Promise<void> {
  const { network } = world.context
  refuseLoneliness([...network.addresses.keys(), ...members.map(({ machine }) => machine)])
  for (const member of members) await refuseStrangers(world, member)
  const machines = await Promise.all(members.map(async ({ machine, host }) => startMachine(world, machine, host)))
  // By their names once more: the step touches them all.
  for (const { name } of machines) await world.machine(name)
  const taken = await Promise.all(machines.map(machine => plugIn(world, machine)))
  const wanted = new Map(members.flatMap(({ machine, address }) => (address === undefined ? [] : [[machine, address]])))
  network.take(
    machines.map(({ name }) => name),
    taken.flat(),
    wanted,
  )
  // Those who were there before learn the new names.
  await Promise.all([...network.addresses.keys()].map(async name => configure(world, await world.machine(name))))
}

/** A machine that was booted anew has no card; nothing happens when it is not on the network. */
export async function rejoin(world: NixWorld, machine: Machine): Promise<void> {
  if (!world.context.network.addresses.has(machine.name) || (await machine.state()) !== 'running') return
  await plugIn(world, machine)
  await configure(world, machine)
}

/** Nothing in the machine takes the card over when it comes. Returns where the machine has routes to. */
async function plugIn(world: NixWorld, machine: Machine): Promise<string[]> {
  const nic = world.context.network.card(machine.name)
  const said = await run(world, machine, expectCard(nic.mac))
  await machine.attachNic(nic)
  return parseRoutes(said.stdout.toString())
}

const isThere = claim<readonly string[]>({
  wanted: 'there',
  missed: 'was not there',
  holds: names => names.length > 0,
  seen: names => names.join(', ') || 'no interface with this address',
})

async function configure(world: NixWorld, machine: Machine): Promise<void> {
  const { network } = world.context
  const { addresses } = network
  const { mac } = network.card(machine.name)
  const seen = world.observe(machine, card, { mac, name: CARD })
  const [name = ''] = await world.eventually(seen, isThere, scale(card.budget, machine.slowness))
  const others = Object.fromEntries([...addresses].filter(([other]) => other !== machine.name))
  await run(world, machine, takePart({ card: name, address: addresses.get(machine.name) ?? '', others }))
}

async function run(world: NixWorld, machine: Machine, command: Command): Promise<CommandResult> {
  const shell = await world.shell(machine)
  const said = await shell.run(command, { attempt: scale(COMMAND, machine.slowness) })
  if (said.exitCode === 0) return said
  const why = said.stderr.toString().trim()
  if (said.exitCode === 77) throw new NotSupported(`"${machine.name}" cannot be put on a network: ${why}`)
  throw new EnvironmentBroken(
    `"${machine.name}" could not be put on the network: ${why || `exit code ${said.exitCode}`}`,
  )
}

function refuseLoneliness(names: readonly string[]): void {
  const twice = names.find((name, i) => names.indexOf(name) !== i)
  if (twice !== undefined) throw refuse({ what: `Machine "${twice}" is put on the network twice` })
  if (names.length > 1) return
  throw refuse({
    what: `"${names.join('')}" would be alone on the network`,
    expected: 'two machines or more, as in: Given machines "web1, db1" are on a network',
  })
}

/** Before anything is booted: what cannot be put on a network, or is not there at all. */
async function refuseStrangers(world: NixWorld, { machine, host = machine }: Member): Promise<void> {
  const { settings } = world.context
  const { address } = settings.machines[machine] ?? {}
  if (address === undefined) await planned(world, machine, host)
  else if (isLive(settings, machine))
    throw refuse({
      what: `"${machine}" is a live host and has its own network: it is not put on ours`,
      expected: 'machines that nixcumber boots',
      next: `judge the host in a machine of its own: without --machine ${machine}=${address.replace(/:.*$/s, ':…')}`,
    })
}

async function planned(world: NixWorld, machine: string, host: string): Promise<void> {
  const { flake } = world
  await flake.plan(host, wishOf(world, machine)).catch(async error => {
    // An unknown host is told in better words by the evaluation of one host.
    await flake.evaluateHost(host)
    throw error
  })
}
