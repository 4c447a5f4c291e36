import assert from 'node:assert/strict'
import test from 'node:test'
import { needsMoreThanLooks } from './unconfined.ts'

const MORE = [
  'findmnt -no OPTIONS /',
  'mount | grep -w ro',
  'cat /proc/mounts',
  'cat < /proc/self/mountinfo',
  'nft list ruleset',
  'sudo -u simon id',
  'sh -c "cat /dev/sda | wc -c"',
  'dd if=/dev/sda bs=512 count=1 | od -c',
  'test -w /etc',
  '[[ -x /srv/run ]]',
  'ss -tlnp',
  'readlink /proc/1/exe',
  'find / -xdev -name core',
  'for d in /dev/sd?; do blkid "$d"; done',
  'ip netns exec blue ip a',
  'sysctl -a | grep -c bpf_jit_harden',
  'cat /proc/sys/net/core/bpf_jit_harden | wc -l',
  'nix-store -q --references /run/current-system | wc -l',
  'curl -s --unix-socket /run/app/s http://x/ | wc -c',
  'curl -s --unix-socket=/run/app/s http://x/',
  'redis-cli -s /run/redis/s ping',
  'ls -l /run/app/app.sock',
  'podman ps -q | wc -l',
  'chronyc tracking',
]
for (const script of MORE) test(`beside the net: ${script}`, () => assert.ok(needsMoreThanLooks(script)))

const FEW = [
  'id -un',
  'cat /etc/shadow',
  'ls -l /dev/null',
  'ss -tln',
  'systemctl is-active sshd',
  'journalctl -b -n 5',
  'test -f /etc/hostname',
  'curl -s http://localhost/',
  'ls >/dev/null 2>&1 </dev/null',
  // what changes something never leaves it
  'rm /dev/sda',
  'sudo rm x',
  'findmnt; rm x',
  'mytool /dev/sda',
]
for (const script of FEW) test(`inside the net: ${script}`, () => assert.ok(!needsMoreThanLooks(script)))
