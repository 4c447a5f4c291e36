/** Whether a target is started in a way that the host's boot loader knows, and runs its programs. Pure. */
import type { HostNeeds } from '../../flake/plan/host-needs.ts'
import type { TargetFacts } from '../facts.ts'
import { HELD, type Judgement, notHeld, notItsOwn, notKnown, together } from '../judgement.ts'

const REMEDY =
  "the firmware's setup says how it starts from its disks; or another boot loader: boot.loader.systemd-boot for UEFI, boot.loader.grub.device for BIOS"

/** By which firmware it has booted now: it is taken to be the one that starts its disks. */
export function bootsAsExpected(facts: TargetFacts, { boot }: HostNeeds): Judgement {
  const { firmware } = facts
  const wanted = [...(boot.uefi ? ['UEFI'] : []), ...(boot.bios ? ['BIOS'] : [])]
  if (wanted.length === 0)
    return notKnown(
      `which firmware starts ${boot.loaders.join(' and ') || 'a host without a boot loader'} is not known`,
    )
  const other = notItsOwn(facts)
  if (other) return other
  if ('unknown' in firmware) return notKnown(firmware)
  const { is, bits, secureBoot } = firmware.is
  const more = { expected: `${wanted.join(' or ')}, for ${boot.loaders.join(' and ')}`, next: REMEDY }
  if (!wanted.includes(is)) return notHeld(`the target has booted by ${is}`, more)
  if (is === 'BIOS') return HELD
  return together([
    bits === 32 && boot.is64Bit ? notHeld('the target has UEFI of 32 bits', more) : HELD,
    bits === undefined ? notKnown('of how many bits its UEFI is, is not told') : HELD,
    boot.isSigned ? HELD : isUnlocked(secureBoot),
  ])
}

function isUnlocked(secureBoot: { readonly is: boolean } | { readonly unknown: string } | undefined): Judgement {
  if (secureBoot === undefined || 'unknown' in secureBoot)
    return notKnown(secureBoot ?? 'it is not known whether Secure Boot is on')
  if (!secureBoot.is) return HELD
  return notHeld('Secure Boot is on, and the boot loader of the host is not signed', {
    expected: 'Secure Boot off, or a boot loader that is signed (lanzaboote)',
    next: "the firmware's setup switches Secure Boot off",
  })
}

/** uname(2)'s machine, by the CPU of a system of Nix. */
const MACHINES: Readonly<Record<string, readonly string[]>> = {
  x86_64: ['x86_64'],
  i686: ['i686', 'i586', 'x86_64'],
  aarch64: ['aarch64'],
  armv7l: ['armv7l', 'armv8l'],
  armv6l: ['armv6l', 'armv7l', 'armv8l'],
  riscv64: ['riscv64'],
  powerpc64le: ['ppc64le'],
}

/** What kernels of 32 bits, and linux32 of setarch(8), say on such computers. */
const SMALLER: Readonly<Record<string, RegExp>> = { x86_64: /^i\d86$/, aarch64: /^armv[78]/ }

export function hasArchitecture({ machine }: TargetFacts, { system }: HostNeeds): Judgement {
  const [cpu = ''] = system.split('-')
  const fit = MACHINES[cpu]
  if ('unknown' in machine) return notKnown(machine)
  if (fit === undefined) return notKnown(`which computers run ${system} is not known`)
  if (fit.includes(machine.is)) return HELD
  // A kernel of 32 bits says nothing of what its computer could do.
  if (SMALLER[cpu]?.test(machine.is)) return notKnown(`its kernel is one of 32 bits (${machine.is})`)
  return notHeld(`the target is ${machine.is}`, { expected: system })
}
