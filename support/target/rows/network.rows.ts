import type { HostNeeds } from '../../flake/plan/host-needs.ts'
import type { LinkAddress } from '../facts/network.ts'
import type { TargetFacts } from '../facts.ts'
import { networkFits } from '../judge/network.ts'
import type { Judgement } from '../judgement.ts'
import { claim, needs, target } from '../testing/facts.ts'
import type { TargetRow, TargetTable } from './row.ts'

const MAC = '96:00:01:02:03:04'
const at = (address: string, prefix: number, isDynamic = false): LinkAddress => ({
  address,
  prefix,
  isDynamic,
  scope: 'global',
})
const link = (name: string, addresses: readonly LinkAddress[], mac = MAC) => ({
  name,
  type: 'ether',
  mac,
  isUp: true,
  addresses,
})
const way = (gateway: string) => ({ to: 'default', gateway, link: 'eth0', isOnLink: true })

/** As the rescue system of the Hetzner Cloud has it. */
const CLOUD: Parameters<typeof target>[0] = {
  network: [
    link('lo', [at('127.0.0.1', 8)], '00:00:00:00:00:00'),
    link('eth0', [at('203.0.113.7', 32, true), at('2001:db8:7::2', 64)]),
  ],
  routes4: [way('172.31.1.1')],
  routes6: [way('fe80::1')],
  cards: [{ name: 'eth0', predicted: ['enp1s0'] }],
}
const cloud = target(CLOUD)
const FIXED = target({ ...CLOUD, network: [link('eth0', [at('203.0.113.7', 26)])] })

const with2 = (name: string, addresses: readonly LinkAddress[], more: readonly LinkAddress[] = []): TargetFacts =>
  target({
    ...CLOUD,
    network: [link(name, addresses), link('eth1', more, '96:00:00:00:00:02')],
    cards: [
      { name, predicted: ['enp1s0'] },
      { name: 'eth1', predicted: ['enp2s0'] },
    ],
  })
/** Its way out has a fixed address; beside it a private network has DHCP. */
const PRIVATE = with2('eth0', [at('203.0.113.7', 26)], [at('10.0.0.5', 24, true)])
const SIX = target({ ...CLOUD, network: [link('eth0', [at('2001:db8:7::2', 64, true)])], routes4: [] })

/** Two cards in one bond, which has the address of the machine; they all have one MAC address now. */
const bonded = (second: { readonly permanentMac?: string } = {}): TargetFacts =>
  target({
    ...CLOUD,
    network: [
      { ...link('eth0', []), master: 'bond0' },
      { ...link('eth1', []), ...second, master: 'bond0' },
      link('bond0', [at('203.0.113.7', 26, true)]),
    ],
    routes4: [{ ...way('172.31.1.1'), link: 'bond0' }],
    cards: [
      { name: 'eth0', predicted: ['enp1s0'] },
      { name: 'eth1', predicted: ['enp2s0'] },
    ],
  })
const SECOND = '96:00:00:00:00:02'

type Network = Partial<HostNeeds['network']>
const row = (
  outcome: Judgement['is'],
  what: string,
  network: Network,
  says?: RegExp,
  facts: TargetFacts = cloud,
): TargetRow => [outcome, what, networkFits(facts, needs({ network })), says]
const wan = (more: Parameters<typeof claim>[0] = {}) =>
  claim({ names: ['enp1s0'], addresses: [{ address: '203.0.113.7', prefix: 32 }], gateways: ['172.31.1.1'], ...more })
const onLink = ['172.31.1.1']
const dhcp = claim({ patterns: ['en*'], dhcp: true })
const six = wan({ addresses: [{ address: '2001:db8:7::1', prefix: 64 }], gateways: ['fe80::1'] })

export const networkRows: TargetTable = {
  'the network of the target fits host {string}': [
    row('held', 'DHCP that answers', { claims: [dhcp] }),
    row('held', 'DHCP on any card', { dynamic: true }),
    row('held', 'a fixed address with a gateway that is on-link', { claims: [wan()], onLink }),
    row('held', 'another address of its IPv6 network', { claims: [six] }),
    row('held', 'by its MAC', { claims: [wan({ names: [], macs: [MAC] })], onLink }),
    row(
      'held',
      'the first card of a bond',
      { claims: [wan({ names: [], macs: [MAC] })], onLink },
      undefined,
      bonded({ permanentMac: SECOND }),
    ),
    row(
      'held',
      'the second card of a bond, by its own MAC',
      { claims: [wan({ names: [], macs: [SECOND] })], onLink },
      undefined,
      bonded({ permanentMac: SECOND }),
    ),
    row('held', 'DHCP over a bond', { claims: [dhcp] }, undefined, bonded({ permanentMac: SECOND })),
    row(
      'not held',
      'no card of a bond',
      { claims: [wan({ names: [], macs: ['96:00:00:00:00:03'] })], onLink },
      /is for 96:00:00:00:00:03/,
      bonded({ permanentMac: SECOND }),
    ),
    row(
      'unknown',
      'a bond in which the own MACs are not told',
      { claims: [wan({ names: [], macs: [SECOND] })], onLink },
      /which card .* means is not known/,
      bonded(),
    ),
    row('held', 'a name that a .link file of the host gives', {
      claims: [wan({ names: ['wan'] })],
      onLink,
      named: [{ name: 'wan', macs: [MAC] }],
    }),
    row('held', 'the name of the kernel, for the only card', {
      claims: [wan({ names: ['eth0'] })],
      onLink,
      predictable: false,
    }),
    row('held', 'a VLAN beside it', {
      claims: [
        wan(),
        claim({ names: ['enp1s0'], on: 'vlan5', tagged: true, addresses: [{ address: '10.0.0.1', prefix: 24 }] }),
      ],
      onLink,
    }),
    row(
      'not held',
      'the address of another machine',
      { claims: [wan({ addresses: [{ address: '203.0.113.8', prefix: 32 }] })], onLink },
      /203\.0\.113\.8: the target has 203\.0\.113\.7 on eth0/,
    ),
    row(
      'not held',
      'the network of another machine',
      { claims: [{ ...six, addresses: [{ address: '2001:db8:8::1', prefix: 64 }] }] },
      /2001:db8:8::1: the target has 2001:db8:7::2/,
    ),
    row(
      'not held',
      'another gateway',
      { claims: [wan({ gateways: ['203.0.113.1'] })] },
      /^the gateway 203\.0\.113\.1: the target has 172\.31\.1\.1$/,
    ),
    row('not held', 'a gateway that is not said to be on-link', { claims: [wan()] }, /lies in no network of the host/),
    row(
      'not held',
      'the name that the card has now',
      { claims: [wan({ names: ['eth0'] })], onLink },
      /is for eth0: the cards of the target will be enp1s0 \(now eth0\)/,
    ),
    row(
      'not held',
      'the MAC of another card',
      { claims: [wan({ names: [], macs: ['96:00:00:00:00:01'] })], onLink },
      /is for 96:00:00:00:00:01/,
    ),
    row('not held', 'nothing leads out', { claims: [wan({ gateways: [] })] }, /^nothing leads out of the host/),
    row('unknown', 'DHCP was not asked', { claims: [dhcp] }, /^eth0 has its IPv4 address by no DHCP now/, FIXED),
    row(
      'unknown',
      'only IPv6 tells itself',
      { claims: [dhcp] },
      /^eth0 has its IPv4 address by no DHCP now/,
      with2('eth0', [at('203.0.113.7', 26), at('2001:db8:7::2', 64, true)]),
    ),
    row('unknown', 'DHCP answers beside the way out', { dynamic: true }, /^eth0 has its IPv4/, PRIVATE),
    row(
      'unknown',
      'the way out is not asked',
      { claims: [claim({ names: ['enp2s0'], dhcp: true })] },
      /by no card that the host asks by DHCP \(eth1\)$/,
      PRIVATE,
    ),
    row('held', 'IPv6 alone, which tells itself', { claims: [dhcp] }, undefined, SIX),
    row(
      'not held',
      'a gateway, and no address',
      { gateways: [{ address: '172.31.1.1', interface: 'enp1s0' }], onLink },
      /it has a gateway and no address/,
    ),
    row(
      'unknown',
      'no udev',
      { claims: [wan()], onLink },
      /which card .* means is not known/,
      target(
        { ...CLOUD, modaliases: [{ class: 'net', name: 'eth0', depth: 0, alias: 'a' }] },
        { cards: 'udevadm is not there' },
      ),
    ),
    row('unknown', 'a match by where it is plugged in', { claims: [wan({ names: [] })], onLink }, /means is not known/),
    row(
      'unknown',
      'no address to compare with',
      { claims: [wan()], onLink },
      /has no IPv4 address on eth0 now/,
      target({ ...CLOUD, network: [link('eth0', [])] }),
    ),
    row(
      'unknown',
      'no way out to compare with',
      { claims: [six] },
      /no gateway of IPv6/,
      target({ ...CLOUD, routes6: [] }),
    ),
    row(
      'unknown',
      'no ip',
      { claims: [wan()], onLink },
      /ip ended/,
      target({}, { network: 'ip ended with exit code 1' }),
    ),
    row(
      'unknown',
      'no routes',
      { claims: [wan()], onLink },
      /ip ended/,
      target(CLOUD, { routes4: 'ip ended with exit code 1' }),
    ),
    row('unknown', 'no card', { claims: [wan()], onLink }, /no network card/, target({ ...CLOUD, cards: [] })),
    row('unknown', 'a VLAN leads out', { claims: [wan({ tagged: true, on: 'vlan5' })], onLink }, /a VLAN, of which/),
  ],
}
