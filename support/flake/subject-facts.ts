import type { FlakeMetadata, LockedInput } from '../nix/evaluate/flake-metadata.ts'
import type { OfflineInput, OfflineInputs } from './written/offline-inputs.ts'

export interface SubjectFacts {
  readonly reference: string
  readonly revision?: string
  readonly narHash?: string
  /** Where each input came from: its address and revision, or what stood in for it. */
  readonly inputs: Readonly<Record<string, string>>
}

/** @param metadata undefined when there is none */
export function flakeFacts(
  reference: string,
  metadata: FlakeMetadata | undefined,
  standIns: OfflineInputs['inputs'],
): SubjectFacts {
  const { revision, dirtyRevision, narHash } = metadata ?? {}
  const known = revision ?? (dirtyRevision && `${dirtyRevision} with changes`)
  return {
    reference,
    ...(known ? { revision: known } : {}),
    ...(narHash ? { narHash } : {}),
    inputs: { ...mapValues(metadata?.inputs ?? {}, showInput), ...mapValues(standIns, showStandIn) },
  }
}

const mapValues = <From, To>(of: Readonly<Record<string, From>>, to: (value: From) => To): Record<string, To> =>
  Object.fromEntries(Object.entries(of).map(([name, value]) => [name, to(value)]))

const showInput = ({ url, revision, narHash }: LockedInput): string =>
  `${url}${revision ? `/${revision}` : narHash ? ` ${narHash}` : ''}`

const STAND_INS = {
  'look-alike': 'look-alike of',
  local: 'folder on this machine:',
  missing: 'left out:',
} as const
const showStandIn = ({ kind, url }: OfflineInput): string => `${STAND_INS[kind]} ${url}`
