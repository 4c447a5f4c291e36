import assert from 'node:assert/strict'
import test from 'node:test'
import { type MachineNetwork, networkDifferences, networkNotes } from './machine-network.ts'

const card = (more: Partial<MachineNetwork['cards'][number]>): MachineNetwork['cards'][number] => ({
  name: 'enp1s0',
  mac: '52:54:00:12:34:56',
  options: ['networking.interfaces.enp1s0', 'the bond bond0'],
  addresses: [{ address: '203.0.113.10', prefixLength: 26 }],
  answered: ['203.0.113.1', 'fe80::1'],
  dhcp: false,
  link: 'user',
  ...more,
})
const wireless = {
  option: 'networking.interfaces.wlp3s0',
  host: 'wlp3s0',
  why: 'a virtual machine has no wireless card',
}
const PLACED = {
  option: 'systemd.network.networks.10-wan.matchConfig',
  host: 'Path=pci-0000:01:00.0',
  machine: 'PermanentMACAddress=52:54:01:00:00:01',
}
const of = (...cards: MachineNetwork['cards']): MachineNetwork => ({
  cards,
  guestAddress: null,
  rematched: [],
  unfit: [],
})

test('each card has a row with what the host says, and what answers behind it', () =>
  assert.deepEqual(networkDifferences(of(card({}))), [
    {
      option: 'networking.interfaces.enp1s0',
      host: 'enp1s0, 203.0.113.10/26',
      machine: 'a virtual card enp1s0 (52:54:00:12:34:56), behind which 203.0.113.1 and fe80::1 answer',
      why: "QEMU's user network stands in for the host's",
    },
  ]))

test('what is matched by hardware is told with what it is matched by instead', () => {
  const network = { ...of(), rematched: [PLACED] }
  assert.deepEqual(networkDifferences(network), [
    { ...PLACED, why: 'the cards of a virtual machine are plugged in elsewhere' },
  ])
  assert.deepEqual(networkNotes('fsn1', network), [
    `In the virtual machine of fsn1 ${PLACED.option} is PermanentMACAddress=52:54:01:00:00:01 (Path=pci-0000:01:00.0): its cards are plugged in elsewhere`,
  ])
})

test('what cannot be had has a row without a machine’s side', () =>
  assert.deepEqual(networkDifferences({ ...of(), unfit: [wireless] }), [wireless]))

test('the terminal names the cards in one line, and what cannot be had in one each', () =>
  assert.deepEqual(
    networkNotes('fsn1', {
      ...of(
        card({}),
        card({ name: 'enp2s0', link: 'hub' }),
        card({ name: 'enp3s0', link: 'idle' }),
        card({ name: 'enp4s0', answered: ['10.0.0.1'] }),
        card({ name: 'enp5s0', answered: [], dhcp: true }),
        card({ name: 'enp6s0', answered: [] }),
      ),
      unfit: [wireless],
    }),
    [
      'The virtual machine of fsn1 has the network cards that the host expects: enp1s0, behind which 203.0.113.1 and fe80::1 answer; enp2s0, in the same network as the first; enp3s0, behind which nothing answers; enp4s0, behind which 10.0.0.1 answers; enp5s0, behind which DHCP answers; enp6s0, behind which only QEMU is',
      'In the virtual machine of fsn1 networking.interfaces.wlp3s0 (wlp3s0) is without effect: a virtual machine has no wireless card',
    ],
  ))

test('of the usual card nothing is said', () =>
  assert.deepEqual([networkNotes('t14', of()), networkDifferences(of())], [[], []]))
