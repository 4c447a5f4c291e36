import { z } from 'zod'
import type { MachineDifference } from './machine-difference.ts'

const addressSchema = z.object({ address: z.string(), prefixLength: z.number().int() })

/** What wrapper/network/plan.nix has made of the host's network; no cards where the usual one does. */
export const machineNetworkSchema = z.object({
  cards: z.array(
    z.object({
      name: z.string(),
      mac: z.string(),
      /** Where the host says something of it, the first that does first. */
      options: z.array(z.string()),
      addresses: z.array(addressSchema),
      /** Gateways that QEMU answers for. */
      answered: z.array(z.string()),
      dhcp: z.boolean(),
      /** `hub`: in the network of the first card; `idle`: nothing answers there. */
      link: z.enum(['user', 'hub', 'idle']),
    }),
  ),
  /** Where ports of the runner lead to: null for what DHCP hands out, empty where there is no IPv4. */
  guestAddress: z.string().nullable(),
  /** What is matched otherwise there, for the host does so by hardware. */
  rematched: z.array(z.object({ option: z.string(), host: z.string(), machine: z.string() })),
  /** What of the host's network is not there. */
  unfit: z.array(z.object({ option: z.string(), host: z.string(), why: z.string() })),
})
export type MachineNetwork = z.infer<typeof machineNetworkSchema>
type Card = MachineNetwork['cards'][number]

/** For the report, beside everything else that is otherwise in the machine. */
export const networkDifferences = (network: MachineNetwork | null): MachineDifference[] =>
  network === null ? [] : rowsOf(network)

const rowsOf = ({ cards, rematched, unfit }: MachineNetwork): MachineDifference[] => [
  ...cards.map(card => ({
    option: card.options[0] ?? 'networking',
    host: [card.name, ...told(card)].join(', '),
    machine: `a virtual card ${card.name} (${card.mac}), ${behind(card)}`,
    why: `QEMU's user network stands in for the host's`,
  })),
  ...rematched.map(row => ({ ...row, why: 'the cards of a virtual machine are plugged in elsewhere' })),
  ...unfit,
]

/** For the terminal, before the boot. */
export const networkNotes = (machine: string, { cards, rematched, unfit }: MachineNetwork): string[] => [
  ...(cards.length === 0
    ? []
    : [
        `The virtual machine of ${machine} has the network cards that the host expects: ${cards.map(card => `${card.name}, ${behind(card)}`).join('; ')}`,
      ]),
  ...rematched.map(
    ({ option, host, machine: there }) =>
      `In the virtual machine of ${machine} ${option} is ${there} (${host}): its cards are plugged in elsewhere`,
  ),
  ...unfit.map(
    ({ option, host, why }) => `In the virtual machine of ${machine} ${option} (${host}) is without effect: ${why}`,
  ),
]

const told = ({ addresses, dhcp }: Card): string[] => [
  ...addresses.map(({ address, prefixLength }) => `${address}/${prefixLength}`),
  ...(dhcp ? ['DHCP'] : []),
]

function behind({ link, answered, dhcp }: Card): string {
  if (link === 'idle') return 'behind which nothing answers'
  if (link === 'hub') return 'in the same network as the first'
  if (answered.length > 0)
    return `behind which ${answered.join(' and ')} ${answered.length === 1 ? 'answers' : 'answer'}`
  return dhcp ? 'behind which DHCP answers' : 'behind which only QEMU is'
}
