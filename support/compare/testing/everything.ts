import { compare } from '../compare.ts'
import type { Comparison } from '../comparison.ts'
import type { Facts } from '../facts.ts'
import { failing, material, past, scenario, side } from './sides.ts'

const HOSTILE = '<img src=x onerror=alert(1)> | **bold** `code` "quoted" \u001b]0;title\u0007\u001b[2J'

const facts = (nginx: string, more: Facts = {}): Facts => ({ closure: { nginx }, system: { kernel: '6.12' }, ...more })

/** Something in each list. */
export function everything(): Comparison {
  const on = (machine: string) => ({ machine, seen: 'failed (Result: exit-code), exit code 1' })
  const base = side(
    [
      scenario('nginx', { machine: 'web1', seen: 'active (running)' }),
      scenario('nginx', { machine: 'web2', seen: 'active (running)' }),
      scenario('reachable', { machine: 'db1' }),
      failing('backup', 'the backup is 3 days old'),
      failing('mended', 'it was broken'),
      scenario('slow'),
      scenario('gone'),
      scenario('before'),
      scenario('chosen'),
      scenario('flaky'),
    ],
    {
      ...{ start: '2026-05-01T03:30:00Z', verdict: 'GO  web1, web2, db1: 8 scenarios held' },
      ...{ flake: { reference: '.', revision: 'aaaaaaaaaaaa', narHash: 'a' }, features: { hash: 'same' } },
      ...{ machines: { web1: { driver: 'nixos-shell' } }, toplevels: { web1: '/nix/store/aaa-nixos-system' } },
    },
    {
      facts: new Map([
        ['web1', facts('1.26.2', { mounts: { '/': 'vda' } })],
        ['web2', facts('1.26.2')],
      ]),
    },
  )
  const current = side(
    [
      failing('nginx', 'nginx.service on web1 was not active within 60 s', on('web1')),
      failing('nginx', 'nginx.service on web2 was not active within 60 s', on('web2')),
      scenario('reachable', { machine: 'db1', outcome: 'error', said: 'No ssh connection to root@db1:22' }),
      failing('backup', 'the backup is 4 days old'),
      scenario('mended'),
      scenario('slow', { milliseconds: 12_000 }),
      scenario('after', { body: 'body of before' }),
      failing(HOSTILE, `file ${HOSTILE} did not exist`, { seen: HOSTILE }),
      failing('accepted', 'known to be so'),
      scenario('flaky', { attempts: 2 }),
    ],
    {
      ...{ verdict: 'NO-GO  web1, web2, db1: 5 scenarios did not hold', command: ['run', '--tags', 'not @x'] },
      ...{ flake: { reference: '.', revision: 'bbbbbbbbbbbb', narHash: 'b' }, features: { hash: 'same' } },
      machines: { web1: { driver: 'ssh', running: '/nix/store/bbb-nixos-system' } },
    },
    {
      there: new Map([['features/web.feature', new Set(['features/web.feature: chosen'])]]),
      facts: new Map([
        ['web1', facts('1.27.0', { mounts: { '/': 'sda' } })],
        ['web2', facts('1.27.0')],
      ]),
    },
  )
  return compare(
    material(base, current, {
      past: [past('2026-04-30T03:30:00Z', { backup: 'failed', mended: 'failed' })],
      waivers: [
        { scenario: 'accepted', reason: 'until the new disk is there', until: '2026-05-10' },
        { scenario: 'mended', reason: 'was broken' },
      ],
    }),
  )
}
