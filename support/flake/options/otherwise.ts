/** What a reader must know of a machine that is not as its host, before it boots and in the report. */
import type { EvaluatedMachine } from '../plan/evaluated-machine.ts'
import { type MissingSecret, missingSecrets, secretDifferences, secretNotes } from '../plan/host-secret.ts'
import { type MachineDifference, summary, toDifference } from '../plan/machine-difference.ts'
import { networkDifferences, networkNotes } from '../plan/machine-network.ts'

export interface Otherwise {
  /** For the terminal. */
  readonly notes: readonly string[]
  /** For the report. Absent where it cannot be told (before NixOS 21.05). */
  readonly differences?: readonly MachineDifference[]
  readonly missingSecrets: readonly MissingSecret[]
}

/** @param files paths in the machine of what is handed over */
export function otherwise(
  host: string,
  { differences: found, secrets, network, costlyStore }: EvaluatedMachine,
  files: readonly string[],
): Otherwise {
  const options = found?.map(toDifference)
  const missing = missingSecrets(secrets, files)
  const differences = options && [
    ...options,
    ...files.map(handedOver),
    ...secretDifferences(missing),
    ...networkDifferences(network),
  ]
  return {
    notes: [
      ...(options ? summary(host, options) : []),
      ...secretNotes(host, secrets, missing),
      ...(network ? networkNotes(host, network) : []),
      ...(costlyStore ? [costlyStoreNote(host)] : []),
    ],
    ...(differences ? { differences } : {}),
    missingSecrets: missing,
  }
}

const costlyStoreNote = (host: string): string =>
  `The virtual machine of ${host} copies its whole store into an image at each boot, as the qemu-vm.nix of its NixOS does, and each saved state holds that image: boots and scenarios that change something take longer than with a newer nixpkgs`

const handedOver = (path: string): MachineDifference => ({
  option: path,
  machine: 'a file handed over',
  why: 'machines.NAME.files of the configuration',
})
