import { NixcumberError } from '../../core/errors.ts'
import { shortHash } from '../../core/text/short-hash.ts'
import { identity } from '../identity.ts'
import { otherwise } from '../options/otherwise.ts'
import type { Subject } from '../subject.ts'
import { type BuiltMachine, buildMachine } from './built-machine.ts'
import { type BootSurroundings, type EvaluatedMachine, evaluateMachine, type MachineWish } from './evaluated-machine.ts'
import type { MissingSecret } from './host-secret.ts'
import type { MachineDifference } from './machine-difference.ts'
import { showObstacle } from './ssh-obstacle.ts'
import { requireNoTrees } from './trees.ts'

/** A host, built and ready to be booted. It is a `NixosShellPlan` of support/machine, and says a little more. */
export interface BootPlan extends BuiltMachine {
  readonly kind: 'nixos-shell'
  readonly name: string
  /** The host's own system, as it would be installed. The machine's own when the host evaluates only as one. */
  readonly toplevel: string
  /** Of its programs: `aarch64-linux`. */
  readonly system?: string
  /** What QEMU gives to it. Unknown of a NixOS that says it otherwise. */
  readonly memoryMiB?: number
  readonly cores?: number
  /** Of its root disk. */
  readonly diskMiB?: number
  /** Which of its host's variants for virtual machines is in it: `vmVariant` or `vmVariantWithDisko`. */
  readonly vmVariant?: string
  /** What is not as the host has it, found by evaluation. Absent where that cannot be told (before NixOS 21.05). */
  readonly differences?: readonly MachineDifference[]
  /** Paths in it of the files that are handed over. */
  readonly files: readonly string[]
  /** Secrets that the host expects, and that it has not: no key of theirs was handed over. */
  readonly missingSecrets: readonly MissingSecret[]
  /** Address to which ports of the runner lead; left out for what QEMU's DHCP hands out, empty where the machine has no IPv4. */
  readonly guestAddress?: string
  readonly identityFile: string
  /** The host's own sshd; the harness never turns it on. Without it there is no way in over ssh. */
  readonly sshd: boolean
  /** Where it can be reached: the first port that it has and the firewall lets through. */
  readonly sshPort: number
  /** What of the host keeps nixcumber's key out, a line each with the option and where it is set. */
  readonly sshForbidden: readonly string[]
  /** Equal for equal machines. */
  readonly fingerprint: string
}

/**
 * Evaluates the host with the harness in it, and builds its virtual machine.
 * @throws NixRefused when it does not evaluate or build; NixUnavailable when Nix cannot work here
 */
export async function makeBootPlan(
  subject: Subject,
  host: string,
  wish: MachineWish,
  surroundings: BootSurroundings,
): Promise<BootPlan> {
  const { progress, cacheDir } = surroundings
  // Both halves of the work at once; the second is only looked at when the first has succeeded.
  const toplevel = subject.toplevel(host).catch(ours)
  const { file, publicKey } = await identity(cacheDir)
  const evaluated = await evaluateMachine(subject, host, { ...wish, publicKey }, surroundings)
  const { notes, ...told } = otherwise(host, evaluated, wish.files)
  for (const text of notes) progress.note(text)
  requireNoTrees(host, evaluated.trees)
  const built = await buildMachine(subject, host, evaluated, surroundings)

  const own = await toplevel
  if (own instanceof NixcumberError) progress.note(`Only as a machine: ${own.message.split('\n')[0]}`)
  return {
    kind: 'nixos-shell',
    name: host,
    ...built,
    toplevel: own instanceof NixcumberError ? (built.vmToplevel ?? built.vm) : own.path,
    ...given(evaluated),
    ...told,
    files: wish.files,
    identityFile: file,
    ...(await wayIn(subject, evaluated)),
    fingerprint: shortHash(built.vm),
  }
}

type Given = Pick<BootPlan, 'system' | 'memoryMiB' | 'cores' | 'diskMiB' | 'vmVariant'>

/** What is known of it. */
const given = ({ system, memoryMiB, cores, diskMiB, vmVariant }: EvaluatedMachine): Given => ({
  ...(system === null ? {} : { system }),
  ...(memoryMiB === null ? {} : { memoryMiB }),
  ...(cores === null ? {} : { cores }),
  ...(diskMiB === null ? {} : { diskMiB }),
  ...(vmVariant === null ? {} : { vmVariant }),
})

type WayIn = Pick<BootPlan, 'guestAddress' | 'sshd' | 'sshPort' | 'sshForbidden'>

async function wayIn(subject: Subject, { network, sshd, sshPort, sshForbidden }: EvaluatedMachine): Promise<WayIn> {
  const sources = await subject.sources()
  const address = network?.guestAddress
  return {
    ...(typeof address === 'string' ? { guestAddress: address } : {}),
    sshd,
    sshPort,
    sshForbidden: sshForbidden.map(obstacle => showObstacle(obstacle, sources)),
  }
}

function ours(error: unknown): NixcumberError {
  if (error instanceof NixcumberError) return error
  throw error
}
