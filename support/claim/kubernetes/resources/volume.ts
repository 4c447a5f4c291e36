import { claim } from '../../../expect/claim.ts'
import type { Expectation } from '../../../expect/expectation.ts'
import type { Namespaced } from '../../../kubernetes/objects/namespaced.ts'
import type { StorageClassFacts, VolumeClaimFacts } from '../../../kubernetes/objects/volume.ts'
import { known, whyUnknown } from '../../../probe/fact.ts'
import { ofObject } from '../objects.ts'

export const volumeClaimIsBound: Expectation<Namespaced<VolumeClaimFacts>> = ofObject<VolumeClaimFacts>({
  wanted: 'bound',
  missed: 'was not bound',
  unknown: ({ phase }) => whyUnknown(phase),
  holds: ({ phase }) => known(phase) === 'Bound',
  seen: seenClaim,
  state: ({ phase }) => known(phase) ?? 'unknown',
  hopeless: ({ phase }) => (known(phase) === 'Lost' ? 'its volume is lost' : undefined),
})

function seenClaim({ phase, volume, storageClass }: VolumeClaimFacts): string {
  const words = [
    known(phase) ?? `unknown: ${whyUnknown(phase)}`,
    volume && `to volume ${volume}`,
    storageClass ? `of storage class ${storageClass}` : 'without a storage class',
  ]
  return words.filter(Boolean).join(', ')
}

/** The only one: of several, which of them counts differs by the version of Kubernetes. */
export const storageClassIsDefault: Expectation<StorageClassFacts> = claim({
  wanted: 'the default',
  missed: 'was not the default',
  unknown: ({ isDefault }) => whyUnknown(isDefault),
  absent: ({ isDefault }) => isDefault === undefined,
  between: ({ isDefault, defaults }) =>
    known(isDefault) === true && defaults.length > 1 ? `was one of ${defaults.length} defaults` : undefined,
  holds: ({ isDefault }) => known(isDefault) === true,
  seen: seenClass,
})

function seenClass({ isDefault, defaults, nearest }: StorageClassFacts): string {
  const [first] = defaults
  const which = first === undefined ? 'there is no default' : `the default is ${defaults.join(' and ')}`
  if (isDefault !== undefined) return which
  return `no such storage class${nearest === undefined ? '' : `, did you mean ${nearest}?`}; ${which}`
}
