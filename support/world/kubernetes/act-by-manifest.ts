import { manifestWas } from '../../claim/kubernetes/resources/manifest-acted.ts'
import { maskFromNowOn } from '../../core/secrets/handed-secrets.ts'
import { minutes } from '../../core/time/duration.ts'
import type { LookLimits, Observation } from '../../expect/expectation.ts'
import type { Manifest } from '../../kubernetes/manifest/manifest.ts'
import {
  MANIFEST_BUDGET,
  type ManifestAction,
  type ManifestVerb,
  manifestAction,
  readAction,
} from '../../kubernetes/manifest/manifest-action.ts'
import { LocalShell } from '../../shell/local.ts'
import type { Shell } from '../../shell/shell.ts'
import type { StepSuffix } from '../words/step-suffix.ts'
import type { NixWorld } from '../world.ts'
import { mayChangeCluster } from './may-change-cluster.ts'
import { type ClusterPlace, clusterPlace } from './see-cluster.ts'

/** What is done by it, and where. */
export interface ManifestDeed {
  readonly manifest: Manifest
  readonly verb: ManifestVerb
  readonly namespace: string
}

const BOUNDS = { budget: MANIFEST_BUDGET, attempt: minutes(2) } as const
/** What is shorter may stand anywhere by chance. */
const SHORTEST = 6

/** Gives the manifest to kubectl, once the server answers, and returns when the server has taken it. */
export async function actByManifest(world: NixWorld, deed: ManifestDeed, tail: StepSuffix): Promise<void> {
  await mayChangeCluster(world, deed.manifest.of, tail)
  maskFromNowOn(deed.manifest.secrets.filter(({ length }) => length >= SHORTEST))
  const place = clusterPlace(world, tail)
  const wanted = manifestWas(deed.verb)
  if (place.onRunner) {
    await using shell = new LocalShell()
    const seen = asAction(deed, place, 'the cluster', async () => shell)
    await world.eventually(seen, wanted, tail.within ?? BOUNDS.budget, world.terms(BOUNDS.attempt))
  } else {
    const machine = await world.machine(place.machine)
    const seen = asAction(deed, place, machine.name, () => world.shell(machine))
    await world.watch(machine, seen, wanted, { ...tail, ...BOUNDS })
  }
}

function asAction(
  { manifest, verb, namespace }: ManifestDeed,
  { access }: ClusterPlace,
  where: string,
  open: () => Promise<Shell>,
): Observation<ManifestAction> {
  return {
    subject: `the manifest (${manifest.of}) on ${where}`,
    async look(limits: LookLimits) {
      const stdin = Buffer.from(manifest.text)
      const result = await (await open()).run(manifestAction(verb, namespace, access), { ...limits, stdin })
      return readAction(result, verb, manifest)
    },
  }
}
