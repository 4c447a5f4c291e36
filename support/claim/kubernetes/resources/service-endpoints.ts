import { plural } from '../../../core/text/text.ts'
import type { Expectation } from '../../../expect/expectation.ts'
import { not } from '../../../expect/not.ts'
import type { Namespaced } from '../../../kubernetes/objects/namespaced.ts'
import type { ServiceFacts } from '../../../kubernetes/objects/service-endpoints.ts'
import { known, whyUnknown } from '../../../probe/fact.ts'
import { ofObject } from '../objects.ts'

/** At least one address of something that is Ready. */
export const serviceHasEndpoints: Expectation<Namespaced<ServiceFacts>> = ofObject<ServiceFacts>({
  wanted: 'endpoints that are Ready',
  missed: 'had no endpoint that is Ready',
  unknown: ({ type, endpoints }) => (type === EXTERNAL ? undefined : whyUnknown(endpoints)),
  between: ({ type }) => (type === EXTERNAL ? 'is the alias of a name' : undefined),
  holds: ({ endpoints }) => (known(endpoints)?.ready.length ?? 0) > 0,
  seen,
})

export const serviceHasNoEndpoints = {
  ...not(serviceHasEndpoints, 'still had endpoints that are Ready'),
  wanted: 'no endpoint that is Ready',
}

const EXTERNAL = 'ExternalName'
const SHOWN = 5

function seen({ type, endpoints }: ServiceFacts): string {
  if (type === EXTERNAL) return `type ${EXTERNAL}: it has no endpoints of its own`
  const { ready = [], notReady = [] } = known(endpoints) ?? {}
  const listed = (all: readonly string[]): string =>
    [...all.slice(0, SHOWN), ...(all.length > SHOWN ? [`${all.length - SHOWN} more`] : [])].join(', ')
  const words = [
    ready.length > 0 ? `${plural(ready.length, 'endpoint')} (${listed(ready)})` : 'no endpoint',
    notReady.length > 0 && `${notReady.length} not Ready (${listed(notReady)})`,
  ]
  return words.filter(Boolean).join(', ')
}
