/** Whether a target lets the installer take its place. Pure. */
import { known } from '../../probe/fact.ts'
import type { TargetFacts } from '../facts.ts'
import { HELD, type Judgement, notHeld, notKnown, together } from '../judgement.ts'

/** What nixos-anywhere and the tarball's kexec/run call there; one of the last two fetches what is not sent. */
const TOOLS = ['tar', 'cpio', 'setsid']

const NEXT = "start NixOS's installer there, from a medium or by its provider: then nothing is left to kexec"

/** A target that is an installer already (NixOS's VARIANT_ID, as nixos-anywhere knows it) needs none. */
export function mayKexec({ kexec, os }: Pick<TargetFacts, 'kexec' | 'os'>): Judgement {
  if (known(os)?.variantId === 'installer') return HELD
  if ('unknown' in os) return notKnown(os)
  if ('unknown' in kexec) return notKnown(kexec)
  const { disabled, lockdown = 'none', tools } = kexec.is
  const missing = TOOLS.filter(tool => !tools.includes(tool))
  return together([
    disabled ? notHeld('its kernel starts no other (kernel.kexec_load_disabled)', { next: NEXT }) : HELD,
    // kernel_lockdown(7): of what is not signed.
    lockdown === 'none'
      ? HELD
      : notHeld(`its kernel is locked down (${lockdown}), and starts no other`, { next: NEXT }),
    missing.length === 0
      ? HELD
      : notHeld(`it lacks ${missing.join(', ')}`, { next: `install ${missing.join(', ')} there` }),
  ])
}
