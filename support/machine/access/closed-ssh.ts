import { NotSupported } from '../../core/errors.ts'
import { rows } from '../../core/text/text.ts'

/** A host without sshd, or one that lets root not in, is as it is: the harness does not change what is judged. */
export function refuseClosedSsh(
  name: string,
  { sshd, sshForbidden = [] }: { sshd?: boolean | undefined; sshForbidden?: readonly string[] | undefined },
): void {
  const Next = 'ask it over serial, which needs nothing of the host: --over serial'
  const cannot = `Machine "${name}" cannot be asked over ssh: its host`
  if (sshd === false)
    throw new NotSupported(
      `${cannot} has no sshd\n${rows({ Expected: 'services.openssh.enable = true in the host', Next })}`.trimEnd(),
    )
  if (sshForbidden.length > 0)
    throw new NotSupported(
      `${cannot} lets no key of root in\n${rows({ Observed: sshForbidden.join('\n'), Next })}`.trimEnd(),
    )
}
