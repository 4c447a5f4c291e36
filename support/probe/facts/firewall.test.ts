import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import test from 'node:test'
import { firewallSection } from './firewall.ts'

/** As nft 1.1 and NixOS's nftables firewall say it. */
const NFT = `table inet nixos-fw {
	chain input {
		type filter hook input priority filter; policy drop;
		iifname "lo" accept
		ct state vmap { established : accept, related : accept, new : jump input-allow }
		tcp flags & (fin | syn | rst | ack) == syn log level info prefix "refused connection: "
	}

	chain input-allow {
		tcp dport { 22, 80, 8000-8010 } accept
		iifname "eth1" udp dport 53 counter packets 7 bytes 9 accept
		ip saddr 10.0.0.0/8 tcp dport 9100 accept
		icmp type echo-request accept
	}

	chain forward {
		type filter hook forward priority filter; policy drop;
		tcp dport 443 accept
	}
}
`
test('the ports that nftables lets in, and on which condition', () =>
  assert.deepEqual(firewallSection.parse(NFT), {
    'tcp 22': 'open',
    'tcp 80': 'open',
    'tcp 8000-8010': 'open',
    'tcp 9100': 'open ip saddr 10.0.0.0/8',
    'udp 53': 'open iifname "eth1"',
  }))

const IPTABLES = `*filter
:INPUT ACCEPT [0:0]
:nixos-fw - [0:0]
-A INPUT -j nixos-fw
-A nixos-fw -i lo -j nixos-fw-accept
-A nixos-fw -p tcp -m tcp --dport 22 -j nixos-fw-accept
-A nixos-fw -i eth1 -p udp -m udp --dport 60000:61000 -j nixos-fw-accept
-A nixos-fw -p tcp -m multiport --dports 80,443 -m comment --comment "the web" -j ACCEPT
-A FORWARD -p tcp -m tcp --dport 8443 -j ACCEPT
-A nixos-fw -p tcp -m tcp --dport 25 -j nixos-fw-log-refuse
COMMIT
`
test('the ports that iptables lets in', () =>
  assert.deepEqual(firewallSection.parse(IPTABLES), {
    'tcp 22': 'open',
    'tcp 443': 'open',
    'tcp 80': 'open',
    'udp 60000-61000': 'open -i eth1',
  }))

test('a port that is open on two cards says both, and says once what both families say', () => {
  const rule = (card: string) => `-A nixos-fw -i ${card} -p tcp -m tcp --dport 22 -j nixos-fw-accept\n`
  assert.deepEqual(firewallSection.parse(`${rule('eth1')}${rule('eth0')}${rule('eth1')}`), {
    'tcp 22': 'open -i eth0; open -i eth1',
  })
})

test('a filter that lets in no port is known as that', () =>
  assert.deepEqual(firewallSection.parse('table inet x {\n}\n'), { ports: 'none is let in by its number' }))

/** What a computer is asked that has this loaded, and programs of this kind. */
function asked(kind: 'legacy' | 'nf_tables', loaded: Readonly<Record<string, string>>): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'firewall-'))
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text, { mode: 0o755 })
  }
  try {
    write('bin/id', '#!/bin/sh\necho 0\n')
    for (const save of ['iptables-save', 'ip6tables-save'])
      write(`bin/${save}`, `#!/bin/sh\n[ "$1" != --version ] || exec echo 'v1.8.9 (${kind})'\necho "${save} $*"\n`)
    for (const [path, text] of Object.entries(loaded)) write(path, text)
    const script = firewallSection.command.script.replaceAll(/\/(proc|sys)(?=\/)/g, `${folder}/$1`)
    const { stdout } = spawnSync('sh', ['-c', script], { env: { PATH: `${folder}/bin:${process.env.PATH}` } })
    return stdout.toString().split('\n').filter(Boolean)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

test('a table that is loaded is asked for, and no other: the older iptables would load it', () => {
  assert.deepEqual(asked('legacy', { 'proc/net/ip_tables_names': 'nat\nfilter\n' }), ['iptables-save -t filter'])
  assert.deepEqual(asked('legacy', { 'proc/net/ip_tables_names': 'nat\n', 'proc/net/ip6_tables_names': 'raw\n' }), [])
  assert.deepEqual(asked('legacy', { 'proc/net/ip6_tables_names': 'filter\n' }), ['ip6tables-save -t filter'])
  assert.deepEqual(asked('legacy', {}), ['no packet filter is loaded'])
})

test('where nf_tables is loaded, the iptables of nf_tables is asked, and the older one is not', () => {
  const loaded = { 'sys/module/nf_tables/refcnt': '1\n', 'bin/nft': '#!/bin/sh\n' }
  assert.deepEqual(asked('nf_tables', loaded), ['iptables-save -t filter', 'ip6tables-save -t filter'])
  assert.deepEqual(asked('legacy', loaded), [])
  assert.deepEqual(asked('nf_tables', { 'proc/net/ip_tables_names': 'filter\n' }), [])
})
