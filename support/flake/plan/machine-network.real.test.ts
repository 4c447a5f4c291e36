/** The network cards of a virtual machine, found in what its host says: real Nix, one host for each way of saying it, and a QEMU that takes them. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import test from 'node:test'
import { execa } from 'execa'
import { z } from 'zod'
import { Nix } from '../../nix/evaluate/nix.ts'
import { nixString } from '../../nix/nix-string.ts'
import { findToolchain, openToolbox } from '../../nix/tools/find-toolchain.ts'
import { LOOK_ALIKES } from '../written/offline-inputs.ts'
import { type MachineNetwork, machineNetworkSchema } from './machine-network.ts'

const scratch = mkdtempSync(join(tmpdir(), 'nixcumber-network-'))
test.after(() => rmSync(scratch, { recursive: true, force: true }))
const toolchain = await findToolchain({ offline: true })
const nix = new Nix({ toolchain, logDir: scratch, cacheDir: scratch, offline: true })
const HOSTS = resolve(import.meta.dirname, '../../../fixtures/flakes/networks')
const WRAPPER = join(import.meta.dirname, '../wrapper')

const machineSchema = machineNetworkSchema.extend({
  qemu: z.array(z.string()),
  links: z.record(z.string(), z.string()),
  networks: z.record(z.string(), z.record(z.string(), z.unknown())),
})

/** All hosts in one evaluation. */
const { value } = await nix.eval(
  {
    expression: `let
  evaluate = modules: import (/. + ${nixString(join(LOOK_ALIKES, 'nixpkgs/nixos/lib/eval-config.nix'))}) { inherit modules; system = "x86_64-linux"; };
  folder = /. + ${nixString(HOSTS)};
  wrapper = /. + ${nixString(WRAPPER)};
  hosts = builtins.mapAttrs (name: module: evaluate [ (folder + "/common.nix") { networking.hostName = name; } module ]) (import (folder + "/hosts.nix"));
  plan = import (wrapper + "/wrapper.nix") {
    inherit hosts;
    nixosShell = /. + ${nixString(join(LOOK_ALIKES, 'nixos-shell'))};
    settings = { authorizedKey = "key"; agent = "text"; runner = "x86_64-linux"; };
  };
  machine = name: (import (wrapper + "/machine.nix") {
    host = hosts.\${name};
    nixosShell = /. + ${nixString(join(LOOK_ALIKES, 'nixos-shell'))};
    settings = { authorizedKey = "key"; agent = "text"; runner = "x86_64-linux"; };
  }).machine.config;
in builtins.mapAttrs (name: _: (plan name).network // {
  networks = builtins.mapAttrs (_: network: network.matchConfig) (machine name).systemd.network.networks;
  qemu = (machine name).virtualisation.qemu.networkingOptions;
  links = builtins.mapAttrs (_: link: "\${link.matchConfig.PermanentMACAddress} \${toString (builtins.attrValues link.linkConfig)}") (
    builtins.removeAttrs (machine name).systemd.network.links (map (name: "40-\${name}") (builtins.attrNames (machine name).networking.interfaces))
  );
}) hosts`,
  },
  { subject: 'the hosts do not evaluate' },
)
const machines = z.record(z.string(), machineSchema).parse(value)
const machineOf = (host: string): z.infer<typeof machineSchema> => machines[host] ?? assert.fail(`no host ${host}`)

const cards = ({ cards: given }: MachineNetwork): string[] =>
  given.map(({ name, mac, answered, link, dhcp }) =>
    [name, mac, dhcp ? 'dhcp' : '', link === 'user' ? '' : link, ...answered].filter(Boolean).join(' '),
  )

test('a host that asks DHCP or leaves it to NetworkManager has the usual card, as NixOS gives it', () => {
  for (const host of ['dhcp', 'manager', 'networkd-dhcp']) {
    const { qemu, guestAddress, links, cards: given } = machineOf(host)
    assert.deepEqual([given, guestAddress, links], [[], null, {}], host)
    assert.equal(qemu[0], '-net nic,netdev=user.0,model=virtio', host)
  }
})

const USUAL = '52:54:00:12:34:56'
const SECOND = '52:54:00:12:34:57'
const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  dedicated: [`enp1s0 ${USUAL} fe80::1 203.0.113.1`],
  cloud: ['eth0 96:00:0a:11:22:33 172.31.1.1 fe80::1', `enp7s0 ${SECOND} 10.0.0.1`],
  private: [`eth0 ${USUAL} dhcp`, `enp7s0 ${SECOND}`],
  pattern: [`enp1s0 ${USUAL} dhcp`],
  generated: [`enp0s31f6 ${USUAL} dhcp`],
  home: [`eno1 ${USUAL} 192.168.1.1`],
  renamed: ['lan0 96:00:0a:11:22:44 192.168.7.1'],
  bridge: [`enp1s0 ${USUAL} 192.168.9.1`, `enp2s0 ${SECOND} idle`],
  bond: [`enp1s0 ${USUAL} 192.168.10.1`, `enp2s0 ${SECOND} hub`],
  rule: [`enp3s0 ${USUAL} dhcp`],
  two: [`eth0 ${SECOND}`, `eth1 ${USUAL} 198.51.100.1`],
}

for (const [host, wanted] of Object.entries(EXPECTED))
  test(`the cards of "${host}"`, () => assert.deepEqual(cards(machineOf(host)), wanted))

test('what its variant says holds, and one that gives QEMU a network of its own has none of ours', () => {
  assert.deepEqual(cards(machineOf('own-address')), [`enp1s0 ${USUAL}`])
  assert.equal(machineOf('own-address').guestAddress, '192.0.2.9')
  const { qemu, cards: given } = machineOf('own-options')
  assert.deepEqual([qemu, given], [[], []])
})

test('a host that is a virtual machine itself keeps the network that it gives QEMU', () => {
  const { qemu, cards: given } = machineOf('itself')
  assert.deepEqual([qemu, given], [['-nic tap,ifname=tap-vm,script=no'], []])
  assert.deepEqual(cards(machineOf('itself-usual')), [`eth0 ${USUAL} dhcp`, `enp1s0 ${SECOND}`])
})

test('ports lead to the address of the card that leads out, where the host fixes it', () =>
  assert.deepEqual(
    ['dedicated', 'cloud', 'home', 'two', 'bridge', 'private', 'pattern', 'rule'].map(
      host => machineOf(host).guestAddress,
    ),
    ['203.0.113.10', '203.0.113.77', '192.168.1.10', '198.51.100.2', '192.168.9.2', null, null, null],
  ))

test('QEMU stands where the host’s gateway and name server are, and nowhere else in its networks', () =>
  assert.deepEqual(
    ['dedicated', 'cloud', 'home', 'private', 'two'].map(host =>
      machineOf(host)
        .qemu.filter(option => option.startsWith('-netdev'))
        // What the runner adds for ports that it names.
        .map(option => option.replace(/"[^"]*"$/, '')),
    ),
    [
      [
        '-netdev user,id=user.0,net=203.0.113.0/26,host=203.0.113.1,dns=203.0.113.61,dhcpstart=203.0.113.10,ipv6-prefix=fec0:0:0:0:0:0:0:0,ipv6-prefixlen=64,ipv6-host=fec0:0:0:0:0:0:0:1,ipv6-dns=fec0:0:0:0:0:0:0:2',
      ],
      [
        '-netdev user,id=user.0,net=172.31.1.0/29,host=172.31.1.1,dns=172.31.1.5,dhcpstart=172.31.1.4,ipv6-prefix=fec0:0:0:0:0:0:0:0,ipv6-prefixlen=64,ipv6-host=fec0:0:0:0:0:0:0:1,ipv6-dns=fec0:0:0:0:0:0:0:2',
        '-netdev user,id=user.1,net=10.0.0.0/29,host=10.0.0.1,dns=10.0.0.5,dhcpstart=10.0.0.2,ipv6-prefix=fec0:0:0:1:0:0:0:0,ipv6-prefixlen=64,ipv6-host=fec0:0:0:1:0:0:0:2,ipv6-dns=fec0:0:0:1:0:0:0:3',
      ],
      ['-netdev user,id=user.0,net=192.168.1.0/24,host=192.168.1.254,dns=192.168.1.1,dhcpstart=192.168.1.10'],
      [
        '-netdev user,id=user.0,net=10.0.52.0/24',
        '-netdev user,id=user.1,net=10.0.2.0/24,host=10.0.2.254,dns=10.0.2.253,dhcpstart=10.0.2.7,ipv6-prefix=fec0:0:0:1:0:0:0:0,ipv6-prefixlen=64,ipv6-host=fec0:0:0:1:0:0:0:2,ipv6-dns=fec0:0:0:1:0:0:0:3',
      ],
      [
        '-netdev user,id=user.0,net=198.51.100.0/29,host=198.51.100.1,dns=198.51.100.5,dhcpstart=198.51.100.2',
        '-netdev user,id=user.1,net=10.1.0.0/24,host=10.1.0.254,dns=10.1.0.253,dhcpstart=10.1.0.2,ipv6-prefix=fec0:0:0:1:0:0:0:0,ipv6-prefixlen=64,ipv6-host=fec0:0:0:1:0:0:0:2,ipv6-dns=fec0:0:0:1:0:0:0:3',
      ],
    ],
  ))

test('a card is named by its address, unless the host does that or the kernel', () =>
  assert.deepEqual(
    ['dedicated', 'cloud', 'renamed', 'two', 'spoofed'].map(host => machineOf(host).links),
    [
      { '00-nixcumber-0': `${USUAL} enp1s0` },
      { '00-nixcumber-1': `${SECOND} enp7s0` },
      { '10-lan': '96:00:0a:11:22:44 lan0' },
      {},
      { '00-nixcumber-0': `${USUAL} 96:00:0a:11:22:55 1400 enp1s0` },
    ],
  ))

test('what cannot be had is told with the option and the reason', () => {
  const told = (host: string) => machineOf(host).unfit.map(({ option, host, why }) => `${option} (${host}): ${why}`)
  assert.deepEqual(told('unfit'), [
    'networking.interfaces.wlp3s0 (wlp3s0: DHCP): a virtual machine has no wireless card',
    'networking.interfaces.office (10.12.0.2/24): office is a VLAN, and behind the card of a virtual machine is no other end of it: nothing answers',
    'networking.wireguard.interfaces.wg0.privateKeyFile (/etc/wireguard/key): this file is not in the virtual machine unless it is put there: the tunnel is not set up',
    'networking.defaultGateway (192.0.2.1 on office): no card of the host has it in its network: it does not answer',
  ])
  const fine = Object.keys(EXPECTED).filter(host => host !== 'generated')
  assert.deepEqual(fine.flatMap(told), [])
})

test('a card that is known by where it is plugged in is known by its address there, and is the only one that is', () => {
  const { rematched, cards: given, networks } = machineOf('placed')
  const mac = given[0]?.mac ?? ''
  assert.match(mac, /^52:54:01(:[0-9a-f]{2}){3}$/)
  assert.deepEqual(cards(machineOf('placed')), [`eth0 ${mac} 203.0.113.1`, `enp2s0 ${SECOND}`])
  assert.deepEqual(networks, {
    '10-wan': { PermanentMACAddress: mac },
    '20-lan': { Name: 'enp2s0' },
  })
  assert.deepEqual(rematched, [
    {
      option: 'systemd.network.networks.10-wan.matchConfig',
      host: 'Path=pci-0000:01:00.0, Type=ether',
      machine: `PermanentMACAddress=${mac}`,
    },
    {
      option: 'systemd.network.networks.20-lan.matchConfig',
      host: 'Driver=r8169, Name=enp2s0',
      machine: 'Name=enp2s0',
    },
  ])
  assert.deepEqual(machineOf('cloud').rematched, [])
})

test('QEMU takes the networks of all of them', async () => {
  const tools = await openToolbox({ offline: true }, 'a test')
  const netdevs = Object.keys(machines).flatMap((host, at) =>
    machineOf(host)
      .qemu.filter(option => /^-netdev user,.*host=/.test(option))
      .map(option => option.replace(/"[^"]*"/, '').replace('-netdev user,id=', `user,id=m${at}.`)),
  )
  const { file, args, options } = tools.wrap([
    ...(['qemu-system-x86_64', '-machine', 'none', '-display', 'none', '-qmp', 'stdio'] as const),
    ...netdevs.flatMap(netdev => ['-netdev', netdev]),
  ])
  const input = '{"execute":"qmp_capabilities"}\n{"execute":"quit"}\n'
  const { stderr, failed } = await execa(file, args, { ...options, input, timeout: 60_000, reject: false })
  assert.deepEqual([failed, stderr.replaceAll(/^.*warning: netdev .* has no peer\n?/gm, '')], [false, ''])
  assert.ok(netdevs.length > 8)
})
