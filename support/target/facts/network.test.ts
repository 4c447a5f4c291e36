/** What ip(8) says of a bond: iproute2 6.1. */
import assert from 'node:assert/strict'
import test from 'node:test'
import { network } from './network.ts'

const BOND = `[{"ifindex":2,"ifname":"eth0","flags":["BROADCAST","SLAVE","UP"],"master":"bond0","link_type":"ether","address":"52:54:00:00:00:01","addr_info":[]},
{"ifindex":3,"ifname":"eth1","flags":["BROADCAST","SLAVE","UP"],"master":"bond0","link_type":"ether","address":"52:54:00:00:00:01","permaddr":"52:54:00:00:00:0A","addr_info":[]}]`

test('a card of a bond tells its own address, and of what it is a part', () =>
  assert.deepEqual(
    network.parse(BOND).map(({ name, mac, permanentMac, master }) => [name, mac, permanentMac, master]),
    [
      ['eth0', '52:54:00:00:00:01', undefined, 'bond0'],
      ['eth1', '52:54:00:00:00:01', '52:54:00:00:00:0a', 'bond0'],
    ],
  ))
