/** What the kernel, ss(8) and ip(8) answer about ports, for rows. */
import type { CommandResult } from '../../core/command.ts'
import { answered, type Said } from '../../probe/testing/answered.ts'

const HEAD = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n'

/** A line of /proc/net/tcp for port 80, which listens. */
export const bound = (address: string, inode = 7, state = '0A'): string =>
  `   0: ${address}:0050 ${address.replace(/./g, '0')}:0000 ${state} 00000000:00000000 00:00000000 00000000     0        0 ${inode} 1 0 100 0 0 10 0\n`

export const EVERYWHERE = '00000000'
export const LOOPBACK = '0100007F'
export const EVERYWHERE6 = '0'.repeat(32)
export const LOOPBACK6 = '00000000000000000000000001000000'
export const MAPPED = '0000000000000000FFFF00000100007F'

/** A line of ss for that port; the path of its cgroup looks like more of it. */
export const told = (local: string, more = '', inode = 7): string =>
  `LISTEN 0      128    ${local}:80 *:* ino:${inode} sk:1 cgroup:/a v6only:1 <->/b${more && ` ${more}`} <->         \n`

const OWN = JSON.stringify([
  {
    ifname: 'lo',
    addr_info: [
      { family: 'inet', local: '127.0.0.1' },
      { family: 'inet6', local: '::1' },
    ],
  },
  {
    ifname: 'eth0',
    addr_info: [
      { family: 'inet', local: '10.0.2.15' },
      { family: 'inet6', local: 'fe80::1' },
    ],
  },
])

export interface PortAnswer {
  readonly v4?: Said
  readonly v6?: Said
  /** Of ss and ip; only for sentences about an address. */
  readonly ss?: Said
  readonly own?: Said
}

const table = (rows: Said): Said => (typeof rows === 'string' ? HEAD + rows : rows)

export function portSections({ v4 = '', v6 = '', ss, own = OWN }: PortAnswer = {}): Said[] {
  return [table(v4), v6 === '' ? '' : table(v6), ...(ss === undefined ? [] : [ss, own])]
}

export const portAnswer = (answer: PortAnswer = {}): CommandResult => answered(portSections(answer))
