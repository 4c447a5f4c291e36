import assert from 'node:assert/strict'
import test from 'node:test'
import { onlyReads } from './only-reads.ts'

for (const script of [
  'hostname',
  'systemctl status sshd',
  'cat /etc/hostname',
  'ip -j addr show',
  'journalctl -b -u sshd',
  'uname -r',
])
  test(`plainly only looks: ${script}`, () => assert.ok(onlyReads(script)))

const acting = [
  'hostname evil',
  'systemctl stop sshd',
  'systemctl --no-pager restart sshd',
  'cat /etc/hostname > /etc/motd',
  'echo $(reboot)',
  'true; reboot',
  'ls `reboot`',
  'id && reboot',
  'date -s 1970-01-01',
  'journalctl --rotate',
  'ip link set eth0 down',
  'sudo id',
  'find / -delete',
]
for (const script of acting) test(`may change something: ${script}`, () => assert.ok(!onlyReads(script)))
