import type { HostNeeds } from '../../flake/plan/host-needs.ts'
import type { TargetFirmware } from '../facts/firmware.ts'
import { bootsAsExpected, hasArchitecture } from '../judge/firmware.ts'
import type { Judgement } from '../judgement.ts'
import { needs, target } from '../testing/facts.ts'
import type { TargetRow, TargetTable } from './row.ts'

const SYSTEMD_BOOT: HostNeeds['boot'] = {
  loaders: ['systemd-boot'],
  uefi: true,
  bios: false,
  is64Bit: true,
  isSigned: false,
}
const GRUB = { ...SYSTEMD_BOOT, loaders: ['grub'], uefi: false, bios: true }
const LANZABOOTE = { ...SYSTEMD_BOOT, loaders: ['lanzaboote'], isSigned: true }
const uefi = (secure: boolean): TargetFirmware => ({ is: 'UEFI', bits: 64, secureBoot: { is: secure } })

const boots = (
  outcome: Judgement['is'],
  what: string,
  boot: HostNeeds['boot'],
  firmware: TargetFirmware,
  says?: RegExp,
): TargetRow => [outcome, what, bootsAsExpected(target({ firmware }), needs({ boot })), says]
const runs = (outcome: Judgement['is'], system: string, machine: string, says?: RegExp): TargetRow => [
  outcome,
  `${system} on ${machine}`,
  hasArchitecture(target({ machine }), needs({ system })),
  says,
]

export const firmwareRows: TargetTable = {
  'the target boots as host {string} expects': [
    boots('held', 'systemd-boot by UEFI', SYSTEMD_BOOT, uefi(false)),
    boots('held', 'GRUB by BIOS', GRUB, { is: 'BIOS' }),
    boots('held', 'GRUB for both', { ...GRUB, uefi: true }, uefi(false)),
    boots('held', 'what is signed', LANZABOOTE, uefi(true)),
    boots('not held', 'systemd-boot by BIOS', SYSTEMD_BOOT, { is: 'BIOS' }, /^the target has booted by BIOS$/),
    boots('not held', 'GRUB by UEFI', GRUB, uefi(false), /^the target has booted by UEFI$/),
    boots('not held', 'Secure Boot', SYSTEMD_BOOT, uefi(true), /Secure Boot is on/),
    boots('not held', 'UEFI of 32 bits', SYSTEMD_BOOT, { is: 'UEFI', bits: 32, secureBoot: { is: false } }, /32 bits/),
    boots(
      'unknown',
      'of how many bits is not told',
      SYSTEMD_BOOT,
      { is: 'UEFI', secureBoot: { is: false } },
      /of how many bits/,
    ),
    boots(
      'unknown',
      'Secure Boot is not told',
      SYSTEMD_BOOT,
      { is: 'UEFI', bits: 64, secureBoot: { unknown: 'no variables' } },
      /no variables/,
    ),
    boots(
      'unknown',
      'a loader of boards',
      { ...GRUB, bios: false, loaders: ['generic-extlinux-compatible'] },
      { is: 'BIOS' },
      /extlinux/,
    ),
    [
      'unknown',
      'no firmware is told',
      bootsAsExpected(target({}, { firmware: 'nothing shows' }), needs({})),
      /nothing shows/,
    ],
    [
      'unknown',
      'a container',
      bootsAsExpected(target({ firmware: { is: 'BIOS' }, container: 'docker' }), needs({ boot: GRUB })),
      /container/,
    ],
  ],
  'the target has the architecture of host {string}': [
    runs('held', 'x86_64-linux', 'x86_64'),
    runs('held', 'aarch64-linux', 'aarch64'),
    runs('held', 'i686-linux', 'x86_64'),
    runs('not held', 'x86_64-linux', 'aarch64', /^the target is aarch64$/),
    runs('not held', 'aarch64-linux', 'x86_64'),
    runs('not held', 'aarch64-linux', 'armv6l'),
    runs('unknown', 'x86_64-linux', 'i686', /32 bits/),
    runs('unknown', 'aarch64-linux', 'armv7l', /32 bits/),
    runs('unknown', 'aarch64-linux', 'armv8l', /32 bits/),
    runs('unknown', 'mips64el-linux', 'x86_64', /not known/),
    [
      'unknown',
      'no uname',
      hasArchitecture(target({}, { machine: 'uname is not there' }), needs({})),
      /uname is not there/,
    ],
  ],
}
