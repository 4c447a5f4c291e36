/** What is installed of a host, built as it is: its system, and the script that lays out its disks. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { refuse } from '../../core/refusal.ts'
import { shortHash } from '../../core/text/short-hash.ts'
import { closureSize } from '../../nix/closure-size.ts'
import type { Nix } from '../../nix/evaluate/nix.ts'
import type { Subject } from '../subject.ts'
import type { BootSurroundings } from './evaluated-machine.ts'

type Surroundings = Pick<BootSurroundings, 'nix' | 'scratch' | 'progress'>

/** Store path of the host's system. @throws NixRefused when it does not evaluate or build */
export async function buildSystem(subject: Subject, host: string, surroundings: Surroundings): Promise<string> {
  const { derivation } = await subject.toplevel(host)
  return build({ subject, host, what: 'the system', derivation }, surroundings)
}

/** Bytes of the closure of the disk script. @throws UsageError for a host without one, and as `buildSystem` */
export async function diskScriptSize(subject: Subject, host: string, surroundings: Surroundings): Promise<number> {
  const { diskScript } = await subject.bound(host)
  if (diskScript === null)
    throw refuse({
      what: `Host "${host}" has no disk script`,
      expected: 'config.system.build.diskoScript, by the module of disko',
    })
  const { derivation } = diskScript
  const path = await build({ subject, host, what: 'the disk script', derivation }, surroundings)
  return closureSize(path, await closure(surroundings.nix, host, path))
}

const closure = (nix: Nix, host: string, path: string): Promise<unknown> =>
  nix.closure(path, { subject: `what lies in ${path} of host "${host}" is not known` })

interface Wanted {
  readonly subject: Subject
  readonly host: string
  readonly what: string
  readonly derivation: string
}

async function build(
  { subject, host, what, derivation }: Wanted,
  { nix, scratch, progress }: Surroundings,
): Promise<string> {
  const links = join(scratch, 'links')
  await mkdir(links, { recursive: true })
  const asked = { sources: () => subject.sources(), settings: await subject.settings() }
  const task = progress.start(`building ${what} of host ${host}`)
  try {
    const question = { subject: `${what} of host "${host}" does not build`, ...asked, task }
    return await nix.build(derivation, join(links, shortHash(derivation)), question)
  } finally {
    task.done()
  }
}
