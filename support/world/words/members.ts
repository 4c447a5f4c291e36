import { refuse } from '../../core/refusal.ts'
import { isAddress } from '../../network/address.ts'
import type { Member } from '../network/join-network.ts'
import { readTable } from './table.ts'

/** Machines of a network, from a table. @throws UsageError for what is no address, or not in the network of the first one */
export function readMembers(cells: readonly (readonly string[])[]): readonly Member[] {
  const rows = readTable(cells, { of: 'machines', columns: ['machine', 'host', 'address'] })
  const members = rows.map(({ machine = '', ...rest }) => ({ machine, ...rest }))
  const addresses = members.flatMap(({ address }) => address ?? [])
  for (const address of addresses) refuseAddress(address, addresses)
  return members
}

function refuseAddress(address: string, all: readonly string[]): void {
  const last = Number(address.split('.')[3])
  if (!isAddress(address) || last === 0 || last === 255)
    throw refuse({
      what: `"${address}" cannot be the address of a machine`,
      expected: 'four numbers, as in 192.168.5.10; the last one from 1 to 254',
      got: address,
    })
  if (all.filter(other => other === address).length > 1)
    throw refuse({ what: `Two machines have the address ${address}` })
  const stranger = all.find(other => baseOf(other) !== baseOf(address))
  if (stranger !== undefined)
    throw refuse({
      what: `${address} and ${stranger} are not in one network`,
      expected: 'addresses that differ in their last number only: the network is a /24',
    })
}

const baseOf = (address: string): string => address.split('.').slice(0, 3).join('.')
