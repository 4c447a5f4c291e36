/** What a host needs of the computer on which it is installed: what its configuration says, evaluated and not built. */
import { z } from 'zod'
import { nixString } from '../../nix/nix-string.ts'
import type { Subject } from '../subject.ts'
import { writeWrapper } from '../wrapper.ts'
import type { BootSurroundings } from './evaluated-machine.ts'

const words = z.array(z.string())

const claimSchema = z.object({
  /** Where it is said. */
  option: z.string(),
  /** Of the card, or of the one on which what is meant stands. */
  names: words,
  /** Shell patterns for it. */
  patterns: words,
  macs: words,
  addresses: z.array(z.object({ address: z.string(), prefix: z.number().int() })),
  gateways: words,
  dhcp: z.boolean(),
  /** A bridge, a bond, a VLAN. */
  on: z.string().nullable(),
  /** Its frames carry a tag. */
  tagged: z.boolean(),
})

/** What wrapper/needs.nix says. */
export const needsSchema = z.object({
  /** `x86_64-linux`. */
  system: z.string(),
  boot: z.object({
    loaders: words,
    uefi: z.boolean(),
    bios: z.boolean(),
    is64Bit: z.boolean(),
    /** Secure Boot lets it through. */
    isSigned: z.boolean(),
  }),
  initrdModules: words,
  /** Not loaded for a device by itself. */
  blacklisted: words,
  sshd: z.boolean(),
  /** Files of sshd's private keys. */
  hostKeys: words,
  /** What is put into /etc/ssh at the installation is there after a boot. */
  keepsEtcSsh: z.boolean(),
  network: z.object({
    claims: z.array(claimSchema),
    gateways: z.array(z.object({ address: z.string(), interface: z.string().nullable() })),
    onLink: words,
    /** What gives a card of an address a name. */
    named: z.array(z.object({ name: z.string(), macs: words })),
    /** Any card gets its address by DHCP. */
    dynamic: z.boolean(),
    /** Cards are called by where they are plugged in. */
    predictable: z.boolean(),
  }),
})
export type HostNeeds = z.infer<typeof needsSchema>
export type NetworkClaim = z.infer<typeof claimSchema>

/** @throws NixRefused when it does not evaluate; NixUnavailable when Nix cannot work here */
export async function evaluateNeeds(
  subject: Subject,
  host: string,
  { nix, offline, scratch, progress }: Pick<BootSurroundings, 'nix' | 'offline' | 'scratch' | 'progress'>,
): Promise<HostNeeds> {
  // There is such a host, and it evaluates: the wrapper would say so in other words.
  await subject.toplevel(host)
  const none = { authorizedKey: '', agent: '' }
  const target = await writeWrapper(scratch, await subject.wrapped(), none, { offline, output: 'needs' })
  const task = progress.start(`evaluating what host ${host} needs of its computer`)
  const asked = { sources: () => subject.sources(), settings: await subject.settings(), task }
  const { value } = await nix
    .eval(
      target,
      { subject: `what host "${host}" needs of its computer does not evaluate`, ...asked },
      `needs: needs ${nixString(host)}`,
    )
    .finally(() => task.done())
  return needsSchema.parse(value)
}
