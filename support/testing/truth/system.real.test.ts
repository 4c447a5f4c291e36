import test from 'node:test'
import { judgeOnLab } from '../lab/judge.ts'
import { labSkip } from '../lab/skip.ts'
import { startLabHost } from '../lab/start.ts'
import type { LabFile, LabWish } from '../lab/wish.ts'

const skip = labSkip

/** What NixOS has of a system: parts that a boot fixes, and the links that say which system is active and which was booted. */
function nixos({ current, booted }: { current: string; booted: string }): Record<string, LabFile> {
  const parts = (system: string, kernel: string): Record<string, LabFile> =>
    Object.fromEntries(
      ['kernel', 'initrd', 'kernel-modules'].map(part => [
        `/nix/store/${system}/${part}`,
        { link: `/nix/store/${kernel}/${part}` },
      ]),
    )
  const kernels = Object.fromEntries(
    ['old', 'new'].flatMap(kernel =>
      ['kernel', 'initrd', 'kernel-modules'].map(part => [`/nix/store/${kernel}/${part}`, { text: kernel }]),
    ),
  )
  return {
    ...kernels,
    ...parts('a-system', 'old'),
    ...parts('b-system', 'new'),
    ...parts('c-system', 'old'),
    ...parts('d-system', 'old'),
    ...Object.fromEntries(
      ['a', 'b', 'c', 'd'].map(name => [
        `/nix/store/${name}-system/kernel-params`,
        { text: `loglevel=${name === 'd' ? 7 : 4}` },
      ]),
    ),
    '/run/current-system': { link: `/nix/store/${current}` },
    '/run/booted-system': { link: `/nix/store/${booted}` },
  }
}

test('the time zone: a link, and a link that leads nowhere', { skip }, async () => {
  await using berlin = await startLabHost({
    files: { '/etc/localtime': { link: '/usr/share/zoneinfo/Europe/Berlin' } },
  })
  await judgeOnLab(berlin, [
    ['the time zone is "Europe/Berlin"', 'held'],
    ['the time zone is "Europe/Berli"', 'not met', /Europe\/Berlin/],
    ['the time zone is "UTC"', 'not met', /Europe\/Berlin/],
  ])
})

test('reboots: needed, not needed', { skip }, async () => {
  const cases: readonly [Parameters<typeof nixos>[0], 'held' | 'not met', RegExp?][] = [
    [{ current: 'a-system', booted: 'a-system' }, 'held'],
    [{ current: 'c-system', booted: 'a-system' }, 'held'],
    [{ current: 'b-system', booted: 'a-system' }, 'not met', /boot: kernel, initrd, kernel modules$/m],
    [{ current: 'd-system', booted: 'a-system' }, 'not met', /boot: kernel parameters$/m],
  ]
  for (const [systems, outcome, ...words] of cases) {
    await using host = await startLabHost({ files: nixos(systems) })
    await judgeOnLab(host, [['no reboot is needed', outcome, ...words]])
  }
  await using debian = await startLabHost()
  await judgeOnLab(debian, [['no reboot is needed', 'not met', /was not there/]])
})

test('the clock: right, wrong, not to be asked', { skip }, async () => {
  await using host = await startLabHost()
  await judgeOnLab(host, [['the clock is right', 'held']])
  host.replace('date', '#!/bin/sh\necho $(($(sed "s/[.].*//" /proc/uptime) + 1000000000)).000000000\n')
  await judgeOnLab(host, [['the clock is right', 'not met', /behind/]])
})

const BROKEN: Readonly<Record<string, readonly [LabWish, readonly string[], RegExp]>> = {
  'no date': [{ without: ['date'] }, ['the clock is right'], /date/],
  'date fails': [{ tools: { date: '#!/bin/sh\necho "date: bad" >&2\nexit 1\n' } }, ['the clock is right'], /date: bad/],
  'date says nonsense': [{ tools: { date: '#!/bin/sh\necho never\n' } }, ['the clock is right'], /could not be read/],
  'no readlink': [
    { without: ['readlink'], files: nixos({ current: 'a-system', booted: 'a-system' }) },
    ['no reboot is needed', 'the time zone is "UTC"', 'the time zone is "Etc/UTC"'],
    /readlink/,
  ],
}

for (const [what, [wish, sentences, cause]] of Object.entries(BROKEN))
  test(`the system: ${what}`, { skip }, async () => {
    await using host = await startLabHost(wish)
    await judgeOnLab(
      host,
      sentences.map(sentence => [sentence, 'could not check', cause] as const),
    )
  })

test('a time zone in a file without a name is known by its rules', { skip }, async () => {
  await using host = await startLabHost({
    prepare: [
      ['rm', '/etc/localtime'],
      ['cp', '/usr/share/zoneinfo/Europe/Berlin', '/etc/localtime'],
    ],
  })
  await judgeOnLab(host, [
    ['the time zone is "Europe/Berlin"', 'held'],
    ['the time zone is "UTC"', 'not met', /rules without a name/],
  ])
})
