import type { ApiReach } from '../../claim/kubernetes/control-plane/api-reach.ts'
import { milliseconds } from '../../core/time/duration.ts'
import type { Expectation, Observation } from '../../expect/expectation.ts'
import { apiEndpoints } from '../../kubernetes/control-plane/api-endpoints.ts'
import { peerPort } from '../../probe/network/peer-port.ts'
import type { StepSuffix } from '../words/step-suffix.ts'
import type { NixWorld } from '../world.ts'
import { observeCluster } from './see-cluster.ts'

/** Asks the cluster for its address, and a machine whether a connection to it comes about. */
export async function seeApi(
  world: NixWorld,
  from: string,
  wanted: Expectation<ApiReach>,
  tail: StepSuffix,
): Promise<void> {
  const machine = await world.machine(from)
  const endpoints = await observeCluster(world, apiEndpoints, undefined, tail)
  const seen: Observation<ApiReach> = {
    subject: 'the API of the cluster',
    async look({ attempt, signal }) {
      const found = await endpoints.look({ attempt, signal })
      const limits = { attempt: milliseconds(attempt.ms / (found.length + 1)), signal }
      const tried = []
      for (const { ip, port } of found) {
        const came = await world.observe(machine, peerPort, { peer: ip, port }).look(limits)
        tried.push({ at: `${ip}:${port}`, came })
      }
      return tried
    },
  }
  const { budget, attempt = budget } = apiEndpoints
  await world.watch(machine, seen, wanted, { ...tail, budget, attempt })
}
