import type { Between } from '../../claim/network/peer.ts'
import { refuse } from '../../core/refusal.ts'
import { formatDuration, milliseconds } from '../../core/time/duration.ts'
import type { Expectation } from '../../expect/expectation.ts'
import type { Condition } from '../../network/conditions.ts'
import type { Probe } from '../../probe/probe.ts'
import type { StepSuffix } from '../words/step-suffix.ts'
import type { NixWorld } from '../world.ts'

/** Changes the link between two machines, in both directions. Returns when it is so. */
export async function changeLink(world: NixWorld, one: string, other: string, condition: Condition): Promise<void> {
  const { network } = world.context
  for (const name of [one, other]) await world.machine(network.member(name))
  if (one === other) throw refuse({ what: `A link leads from one machine to another, not from "${one}" to itself` })
  network.switch.conditions.set(one, other, condition)
  network.switch.conditions.set(other, one, condition)
  if (condition.loss !== undefined) noteSeed(world)
}

export async function cutOff(world: NixWorld, name: string, isCutOff: boolean): Promise<void> {
  const { network } = world.context
  await world.machine(network.member(name))
  network.switch.conditions.cutOff(name, isCutOff)
}

/** @throws UsageError unless it is a share of the packets */
export function readLoss(percent: number): number {
  if (percent >= 0 && percent <= 100) return percent / 100
  throw refuse({ what: `A link cannot lose ${percent} % of its packets`, expected: 'a number from 0 to 100' })
}

/** Who is asked, and about whom. */
export interface Way<Query> {
  readonly from: string
  readonly to: string
  readonly subject: string
  readonly query: Query
}

/** Asks one machine about another, and waits as the end of the sentence says. What we have done to their link is told beside. */
export async function seeBetween<Query, Facts>(
  world: NixWorld,
  probe: Probe<Query, Facts>,
  { from, to, subject, query }: Way<Query>,
  wanted: Expectation<Between<Facts>>,
  tail: StepSuffix,
): Promise<void> {
  const { network } = world.context
  if (tail.machine !== undefined)
    throw refuse({ what: `This sentence names its machines already: "${from}" is asked`, got: `on "${tail.machine}"` })
  for (const name of [from, to]) network.member(name)
  const machine = await world.machine(from)
  const seen = world.observe(machine, probe, query)
  const look = async (limits: Parameters<typeof seen.look>[0]): Promise<Between<Facts>> => {
    const facts = await seen.look(limits)
    const condition = describe(world, from, to)
    return { facts, ...(condition && { condition }) }
  }
  const bounds = { budget: probe.budget, attempt: probe.attempt ?? probe.budget }
  await world.watch(machine, { ...seen, subject, look }, wanted, { ...bounds, ...tail })
}

/** What this scenario has done to the way between two machines; empty when nothing. */
function describe({ context }: NixWorld, from: string, to: string): string {
  const { conditions } = context.network.switch
  const { down, latencyMs, loss } = conditions.of(from, to)
  const off = [from, to].filter(name => conditions.isCutOff(name)).map(name => `${name} is cut off`)
  const link = [
    down && 'is down',
    latencyMs && `has a latency of ${formatDuration(milliseconds(latencyMs))}`,
    loss && `loses ${Math.round(loss * 1000) / 10} %`,
  ].filter(Boolean)
  return [...off, ...(link.length > 0 ? [`the link ${link.join(' and ')}`] : [])].join('; ')
}

/** Once a run: the seed, by which the same packets are lost again. */
function noteSeed({ context }: NixWorld): void {
  const { seed } = context.network
  if (noted.has(context.network)) return
  noted.add(context.network)
  context.record.note(`Packets are lost by the seed ${seed}: NIXCUMBER_SEED=${seed} loses the same ones`)
}

const noted = new WeakSet<object>()
