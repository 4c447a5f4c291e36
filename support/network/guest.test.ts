import assert from 'node:assert/strict'
import test from 'node:test'
import { parseRoutes } from './guest.ts'

test('networks that a machine has routes to are read, without ours and without the way to everywhere', () => {
  const routes = `default via 10.0.2.2 dev eth0 proto dhcp src 10.0.2.15 metric 1002
10.0.2.0/24 dev eth0 proto dhcp scope link src 10.0.2.15 metric 1002
192.168.77.0/24 dev vnet-nixcumber proto kernel scope link src 192.168.77.1
172.17.0.0/16 dev docker0 proto kernel scope link src 172.17.0.1 linkdown
10.100.0.3 dev wg0 scope link
blackhole 10.244.0.0/26 proto 80
`
  assert.deepEqual(parseRoutes(routes), ['10.0.2.0/24', '172.17.0.0/16', '10.100.0.3', '10.244.0.0/26'])
})
