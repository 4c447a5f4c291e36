/** When the host evaluates, and what is made of it does not: that is no verdict on the host. */
import { EnvironmentBroken } from '../../core/errors.ts'
import { explainReason, NixRefused } from '../../nix/reason/nix-error.ts'
import type { Subject } from '../subject.ts'

const NEXT =
  "a newer NixOS may have what nixos-shell's module sets; an image, and a live host, are judged as they are: docs/machines.md"

/** As when nixos-shell's module sets an option that the host's NixOS does not have yet. */
export async function blameMachine(error: unknown, subject: Pick<Subject, 'toplevel'>, host: string): Promise<unknown> {
  // What points into the user's own files is theirs: their virtualisation.vmVariant is judged with the host.
  if (!(error instanceof NixRefused) || error.reason.file !== undefined) return error
  const evaluates = await subject.toplevel(host).then(
    () => true,
    () => false,
  )
  if (!evaluates) return error
  const what = `host "${host}" evaluates, but the virtual machine that is made of it does not`
  return new EnvironmentBroken(explainReason(what, { ...error.reason, hint: NEXT }, error.logFile))
}
