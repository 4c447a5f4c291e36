/** Whether a target has the memory that the installer takes. Pure. */
import { type Fact, known } from '../../probe/fact.ts'
import type { TargetFacts } from '../facts.ts'
import { HELD, type Judgement, notHeld, notItsOwn, notKnown } from '../judgement.ts'

export interface InstallerNeeds {
  /** Bytes of the initrd in the tarball of kexec, unpacked; left out where no tarball is given. */
  readonly initrd?: Fact<number>
  /** Bytes of the closure of the disk script: it is copied into memory. */
  readonly script: number
}

/** For the programs themselves. */
const SPARE = 512 * 1024 ** 2

/**
 * A target that is an installer already (NixOS's VARIANT_ID, as nixos-anywhere knows it) has its system in memory: what is free counts.
 * Any other is replaced by kexec: then all of it counts, and the installer's initrd with it.
 */
export function hasMemory(facts: TargetFacts, { initrd, script }: InstallerNeeds): Judgement {
  const { memory, os } = facts
  const other = notItsOwn(facts)
  if (other) return other
  if ('unknown' in memory) return notKnown(memory)
  if ('unknown' in os) return notKnown(os)
  const { total, available } = memory.is
  const isInstaller = known(os)?.variantId === 'installer'
  if (!isInstaller && initrd === undefined)
    return notKnown('how large the installer is, is not known: target.kexec of the configuration names its tarball')
  if (!isInstaller && initrd && 'unknown' in initrd) return notKnown(initrd)
  const parts = isInstaller ? [script, SPARE] : [known(initrd) ?? 0, script, SPARE]
  const need = parts.reduce((sum, part) => sum + part)
  const has = isInstaller ? available : total
  if (has >= need) return HELD
  const told = isInstaller ? 'disk script, 512 MiB to spare' : "the installer's initrd, disk script, 512 MiB to spare"
  return notHeld(`the target has ${mebibytes(has)}${isInstaller ? ' free' : ''}`, {
    expected: `${mebibytes(need)} (${parts.map(mebibytes).join(' + ')}: ${told})`,
    next: 'a script without its programs, as nixos-anywhere has it by --no-disko-deps, takes less',
  })
}

const mebibytes = (bytes: number): string => `${Math.ceil(bytes / 1024 ** 2)} MiB`
