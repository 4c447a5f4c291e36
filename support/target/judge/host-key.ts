/** Whether the installed host proves who it is by the key of the target. Pure. */
import type { HostKey } from '../../core/errors.ts'
import type { HostNeeds } from '../../flake/plan/host-needs.ts'
import type { TargetFacts } from '../facts.ts'
import { HELD, type Judgement, notHeld, notKnown } from '../judgement.ts'

/**
 * nixos-anywhere's --copy-host-keys copies /etc/ssh/ssh_host_* and nothing else: the key by which the target was entered is kept where it is
 * such a file, and sshd of the host reads a file of that name.
 * @param shown by the target, when it was connected to
 */
export function keepsHostKey(facts: TargetFacts, shown: HostKey | undefined, needs: HostNeeds): Judgement {
  if (!needs.sshd) return notHeld('the host has no sshd', { expected: 'services.openssh.enable = true' })
  if (shown === undefined) return notKnown('it is not known by which key the target proved who it is')
  if ('unknown' in facts.hostKeys) return notKnown(facts.hostKeys)
  const file = facts.hostKeys.is.find(({ fingerprint }) => fingerprint === shown.fingerprint)
  if (file === undefined)
    return notHeld(`${shown.fingerprint} (${shown.type}) is none of the keys in /etc/ssh, which are copied`, {
      next: 'nixos-anywhere --extra-files brings it along from elsewhere',
    })
  const { hostKeys, keepsEtcSsh } = needs
  if (hostKeys.includes(file.path) && !keepsEtcSsh)
    return notHeld('after a boot /etc/ssh of the host is not what it was at the installation (fileSystems)', {
      expected: `${file.path}, the key by which the target is known`,
      next: 'services.openssh.hostKeys in a place that stays, and nixos-anywhere --extra-files, which brings the key there',
    })
  if (hostKeys.includes(file.path)) return HELD
  return notHeld(`sshd of the host reads ${needs.hostKeys.join(', ') || 'no key'}`, {
    expected: `${file.path}, the key by which the target is known`,
    next: 'services.openssh.hostKeys; or make the new key known beforehand',
  })
}
