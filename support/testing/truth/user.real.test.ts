import test from 'node:test'
import { judgeOnLab } from '../lab/judge.ts'
import { labSkip } from '../lab/skip.ts'
import { startLabHost } from '../lab/start.ts'
import type { LabWish } from '../lab/wish.ts'

const skip = labSkip

/** A user record of userdb (nss-systemd(8)): it stands in no file of passwd(5). */
const DORA = JSON.stringify({
  userName: 'dora',
  uid: 3001,
  gid: 100,
  homeDirectory: '/home/dora',
  shell: '/bin/sh',
})

const HOST: LabWish = {
  users: [
    { name: 'simon', uid: 4711, groups: ['wheel', 'domain users'], shell: '/usr/bin/fish', home: '/home/simon' },
    { name: 'anna', uid: 4712, gid: 100 },
    { name: 'x.y', uid: 4713 },
    { name: 'bert', uid: 4715 },
    { name: 'it-s', uid: 4714, home: '/srv/a home' },
  ],
  groups: [
    { name: 'wheel', gid: 2100 },
    // a group of two lines: `id` reads both, by name there is the first one only
    { name: 'wheel', gid: 2100, members: ['bert'] },
    { name: 'domain users', gid: 2101 },
    { name: 'empty', gid: 2102 },
  ],
  files: {
    '/etc/userdb/dora.user': DORA,
    '/etc/userdb/3001.user': { link: 'dora.user' },
  },
}

const NOT_THERE = /there is no user nosuch|no such user|was not there/

test('users: so, not so, not there, odd names', { skip }, async () => {
  await using host = await startLabHost(HOST)
  await judgeOnLab(host, [
    ['user "simon" exists', 'held'],
    ['user "simon" does not exist', 'not met', /uid 4711/],
    ['user "nosuch" exists', 'not met', NOT_THERE],
    ['user "nosuch" does not exist', 'held'],
    ['user "simo" exists within 1 second', 'not met', /did you mean simon/],
    ['user "simo" does not exist', 'held'],
    ['user "SIMON" does not exist', 'held'],
    ['user "4711" exists', 'not met', /no such user/],
    ['user "4711" does not exist', 'held'],
    ['user "x.y" exists', 'held'],
    ['user "xzy" exists', 'not met'],
    ['user "x.y" is in group "x.y"', 'held'],
    ['user "it-s" has home "/srv/a home"', 'held'],
    ['user "dora" exists', 'held'],
    ['user "dora" does not exist', 'not met'],
    ['user "dora" has uid 3001', 'held'],
    ['user "dora" is in group "users"', 'held'],
    ['user "dora" is in group "wheel"', 'not met', /in users/],
    ['user "dora" is not in group "wheel"', 'held'],
    ['user "bert" is in group "wheel"', 'held'],
    ['user "bert" is not in group "wheel"', 'not met', /still in group wheel/],
    ['user "simon" is in group "wheel"', 'held'],
    ['user "simon" is not in group "wheel"', 'not met', /still in group wheel/],
    ['user "simon" is in group "domain users"', 'held'],
    ['user "simon" is not in group "domain users"', 'not met'],
    ['user "simon" is in group "domain"', 'not met'],
    ['user "simon" is not in group "domain"', 'held'],
    ['user "anna" is in group "users"', 'held'],
    ['user "anna" is in group "wheel"', 'not met', /in users/],
    ['user "anna" is not in group "wheel"', 'held'],
    ['user "nosuch" is in group "wheel"', 'not met', NOT_THERE],
    ['user "nosuch" is not in group "wheel"', 'not met', NOT_THERE],
    ['user "simon" has shell "/usr/bin/fish"', 'held'],
    ['user "simon" has shell "/usr/bin/fis"', 'not met', /shell \/usr\/bin\/fish/],
    ['user "simon" has home "/home/simon"', 'held'],
    ['user "simon" has home "/home/anna"', 'not met'],
    ['user "simon" has uid 4711', 'held'],
    ['user "simon" has uid 471', 'not met', /uid 4711/],
    ['user "nosuch" has shell "/bin/sh"', 'not met', NOT_THERE],
    ['user "nosuch" has home "/"', 'not met', NOT_THERE],
    ['user "nosuch" has uid 0', 'not met', NOT_THERE],
    [
      'these users exist:\n| user | uid | groups | shell | home |\n| simon | 4711 | wheel | /usr/bin/fish | /home/simon |',
      'held',
    ],
    ['these users exist:\n| user | groups |\n| simon | wheel, domain users |', 'held'],
    ['these users exist:\n| user | uid |\n| simon | 4711 |\n| nosuch | 1 |', 'not met', /nosuch/],
    ['these users exist:\n| user | uid |\n| simon | 1 |', 'not met', /uid 4711 instead of uid 1/],
    ['these users exist:\n| user | uidd |\n| simon | 1 |', 'refused', /uid/],
    ['these users exist:\n| user |\n| simon |\n| simon |', 'refused'],
    ['these users exist:\n| user | uid |', 'refused'],
  ])
})

test('groups: so, not so, not there, odd names', { skip }, async () => {
  await using host = await startLabHost(HOST)
  const missing = /there is no such group|no such group|was not there/
  await judgeOnLab(host, [
    ['group "wheel" exists', 'held'],
    ['group "wheel" does not exist', 'not met', /still existed/],
    ['group "domain users" exists', 'held'],
    ['group "domain users" does not exist', 'not met'],
    ['group "domain" exists', 'not met', missing],
    ['group "nosuch" exists', 'not met', missing],
    ['group "nosuch" does not exist', 'held'],
    ['group "2100" exists', 'not met', missing],
    ['group "2100" does not exist', 'held'],
    ['group "wheel" has member "simon"', 'held'],
    ['group "wheel" does not have member "simon"', 'not met', /still had member simon/],
    ['group "wheel" has member "anna"', 'not met', /members .*simon/],
    ['group "wheel" does not have member "anna"', 'held'],
    ['group "users" has member "anna"', 'held'],
    ['group "users" does not have member "anna"', 'not met'],
    ['group "users" has member "dora"', 'held'],
    ['group "wheel" does not have member "dora"', 'held'],
    ['group "wheel" has member "bert"', 'held'],
    ['group "wheel" does not have member "bert"', 'not met'],
    ['group "empty" has member "simon"', 'not met', /no members/],
    ['group "empty" does not have member "simon"', 'held'],
    ['group "domain users" has member "simon"', 'held'],
    ['group "nosuch" has member "simon"', 'not met', missing],
    ['group "nosuch" does not have member "simon"', 'not met', missing],
    ['group "wheel" has member "nosuch"', 'not met'],
    ['group "wheel" has gid 2100', 'held'],
    ['group "wheel" has gid 210', 'not met', /gid 2100/],
    ['group "nosuch" has gid 0', 'not met', missing],
  ])
})

const SENTENCES = [
  'user "simon" exists',
  'user "nosuch" does not exist',
  'user "simon" is in group "wheel"',
  'user "anna" is not in group "wheel"',
  'user "simon" has uid 4711',
  'group "wheel" exists',
  'group "nosuch" does not exist',
  'group "wheel" has member "simon"',
  'group "wheel" does not have member "anna"',
  'group "wheel" has gid 2100',
  'these users exist:\n| user | uid |\n| simon | 4711 |',
]

const BROKEN: Readonly<Record<string, readonly [LabWish, RegExp]>> = {
  'no getent': [{ without: ['getent'] }, /getent/],
  'getent says nothing': [{ tools: { getent: '#!/bin/sh\nexit 3\n' } }, /could not be read/],
  'getent fails': [
    { tools: { getent: '#!/bin/sh\necho "getent: bad" >&2\nexit 1\n' } },
    /getent has failed|getent: bad/,
  ],
}

for (const [what, [wish, cause]] of Object.entries(BROKEN))
  test(`accounts: ${what}`, { skip }, async () => {
    await using host = await startLabHost({ ...HOST, ...wish })
    await judgeOnLab(
      host,
      SENTENCES.map(sentence => [sentence, 'could not check', cause] as const),
    )
  })

test('accounts: what no user or group can be called', { skip }, async () => {
  await using host = await startLabHost(HOST)
  await judgeOnLab(host, [
    ['user "" exists', 'refused'],
    ['user "a:b" exists', 'refused'],
    ['group "" exists', 'refused'],
  ])
})
