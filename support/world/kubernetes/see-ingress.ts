import type { IngressAnswer } from '../../claim/kubernetes/resources/ingress.ts'
import { milliseconds } from '../../core/time/duration.ts'
import type { Expectation, LookLimits, Observation } from '../../expect/expectation.ts'
import { ingress } from '../../kubernetes/objects/ingress.ts'
import type { Named, Namespaced } from '../../kubernetes/objects/namespaced.ts'
import { type HttpFacts, type HttpQuery, httpAt } from '../../probe/http/http.ts'
import { LocalShell } from '../../shell/local.ts'
import type { StepSuffix } from '../words/step-suffix.ts'
import type { NixWorld } from '../world.ts'
import { clusterPlace, observeCluster } from './see-cluster.ts'

type Wanted = Expectation<Namespaced<IngressAnswer>>

/** Finds out how an ingress is asked, and asks it, from where kubectl runs. */
export async function seeIngress(world: NixWorld, query: Named, wanted: Wanted, tail: StepSuffix): Promise<void> {
  if (tail.machine !== undefined) await world.machine(tail.machine)
  const found = await observeCluster(world, ingress, query, tail)
  const seen: Observation<Namespaced<IngressAnswer>> = {
    ...found,
    async look({ attempt, signal }) {
      const limits = { attempt: milliseconds(attempt.ms / 2), signal }
      const facts = await found.look(limits)
      const { url, address: at } = facts.is ?? {}
      if (!facts.is || url === undefined || at === undefined) return facts
      return { ...facts, is: { ...facts.is, answer: await askOnce(world, { url, at }, tail, limits) } }
    },
  }
  await watch(world, seen, wanted, tail)
}

async function watch(
  world: NixWorld,
  seen: Observation<Namespaced<IngressAnswer>>,
  wanted: Wanted,
  tail: StepSuffix,
): Promise<void> {
  const { onRunner, machine } = clusterPlace(world, tail)
  const { budget, attempt = budget } = ingress
  if (!onRunner) await world.watch(await world.machine(machine), seen, wanted, { ...tail, budget, attempt })
  else if (tail.now) await world.once(seen, wanted, world.terms(attempt))
  else await world.eventually(seen, wanted, tail.within ?? budget, world.terms(attempt))
}

async function askOnce(world: NixWorld, query: HttpQuery, tail: StepSuffix, limits: LookLimits): Promise<HttpFacts> {
  const { onRunner, machine } = clusterPlace(world, tail)
  if (!onRunner) return world.observe(await world.machine(machine), httpAt, query).look(limits)
  await using shell = new LocalShell()
  return httpAt.parse(await shell.run(httpAt.command(query, limits.attempt), limits), query)
}
