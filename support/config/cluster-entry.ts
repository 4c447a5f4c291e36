/** The key `kubernetes` of the configuration: where a cluster is asked, and what kubectl is told there. */
import { isAbsolute, resolve } from 'node:path'
import { z } from 'zod'
import { refuse } from '../core/refusal.ts'
import type { ClusterSettings } from '../world/settings.ts'

export const clusterEntry = z.strictObject({
  /** The machine on which sentences ask that name none; the runner when left out. */
  machine: z.string().min(1).optional(),
  kubeconfig: z.string().min(1).optional(),
  /** One of the kubeconfig's contexts. */
  context: z.string().min(1).optional(),
  /** What features may do to a cluster that the runner asks; for a machine that is asked its own `allow` counts. */
  allow: z.array(z.enum(['changes'])).optional(),
})

/** On the runner paths start at the project's folder. @throws UsageError for one on a machine that is not absolute */
export function clusterSettings(entry: z.infer<typeof clusterEntry>, projectDir: string): ClusterSettings {
  const { machine, kubeconfig, context, allow } = entry
  if (machine !== undefined && kubeconfig !== undefined && !isAbsolute(kubeconfig))
    throw refuse({
      what: `"${kubeconfig}" is no path on machine "${machine}"`,
      expected: 'an absolute path, beginning with /',
      got: kubeconfig,
    })
  return {
    ...(machine !== undefined && { machine }),
    ...(kubeconfig !== undefined && { kubeconfig: resolve(projectDir, kubeconfig) }),
    ...(context !== undefined && { context }),
    ...(allow !== undefined && { allow }),
  }
}
