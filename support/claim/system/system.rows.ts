import { answered, type Said } from '../../probe/testing/answered.ts'
import { type ClaimTable, cutOff, printed, type Reply, type Row, unknown } from '../rows/row.ts'

const OURS = `/nix/store/${'a'.repeat(32)}-nixos-system-t14`
const OTHER = `/nix/store/${'b'.repeat(32)}-nixos-system-t14`
const PARTS = '/nix/store/k-linux/bzImage\n/nix/store/i-initrd/initrd\n/nix/store/m-kernel-modules\nloglevel=4'

interface System {
  readonly current?: Said
  readonly booted?: Said
  readonly now?: Said
  readonly atBoot?: Said
}

function sections({ current = OURS, booted = OURS, now = PARTS, atBoot = PARTS }: System = {}): Said[] {
  return [current, booted, now, atBoot, '26.05', 'system-12-link', '6.12.1', 'systemd 258', 'b-o-o-t', 't14']
}

const system = (facts: System): Reply => answered(sections(facts))
/** What `readlink -f` says of a link that is not there. */
const debian = system({
  current: '/run/current-system',
  booted: '/run/booted-system',
  now: { code: 1 },
  atBoot: { code: 1 },
})
const NO_NIXOS = /there is no NixOS running/
const IS_HOST = 'the running system is host "t14"'
const NO_REBOOT = 'no reboot is needed'

const tells = (milliseconds: number): Reply => printed(`${((Date.now() + milliseconds) / 1000).toFixed(9)}\n`)
/** Asked when the machine answers, not when the row is read. */
const clock = (milliseconds: number) => ({ replies: (): Reply => tells(milliseconds) })
const RIGHT = 'the clock is right'
const hostile = 'nothing in it is named, and store paths hold nothing but letters, digits and + - . _ ? ='

/** Of these only the paths of the system are wanted, and where it is not NixOS they are not there. */
const faults = (sentence: string): Row[] => unknown(sentence, sections()).filter(([kind]) => kind !== 'unreadable')

export const systemRows: ClaimTable = {
  'the running system is host {string}{tail}': {
    without: { hostile },
    rows: [
      ['so', IS_HOST, system({}), 'holds'],
      ['not so', IS_HOST, system({ current: OTHER }), 'not met', /was not that of the host/],
      ['not so', 'the running system is host "web"', system({}), 'not met'],
      ['absent', IS_HOST, debian, 'not met', NO_NIXOS],
      ['unreadable', IS_HOST, system({ current: { code: 2 } }), 'could not check'],
      ...faults(IS_HOST),
    ],
  },
  'no reboot is needed{tail}': {
    without: { hostile },
    rows: [
      ['so', NO_REBOOT, system({}), 'holds'],
      ['so', NO_REBOOT, system({ current: OTHER }), 'holds'],
      ['not so', NO_REBOOT, system({ now: PARTS.replace('k-linux', 'n-linux') }), 'not met', /needed a reboot/],
      ['not so', NO_REBOOT, system({ now: PARTS.replace('i-initrd', 'j-initrd') }), 'not met', /boot: initrd$/m],
      [
        'not so',
        NO_REBOOT,
        system({ now: PARTS.replace('m-kernel', 'o-kernel') }),
        'not met',
        /boot: kernel modules$/m,
      ],
      [
        'not so',
        NO_REBOOT,
        system({ now: PARTS.replace('k-linux', 'n-linux').replace('=4', '=7') }),
        'not met',
        /boot: kernel, kernel parameters$/m,
      ],
      ['absent', NO_REBOOT, debian, 'not met', /was not there: there is no NixOS running/],
      [
        'unreadable',
        NO_REBOOT,
        system({ atBoot: { code: 1 } }),
        'could not check',
        /what it was booted with is not there/,
      ],
      ['unreadable', NO_REBOOT, system({ now: '\n\n', atBoot: '\n\n' }), 'could not check', /no kernel of its own/],
      [
        'unreadable',
        NO_REBOOT,
        system({ now: { code: 1 }, atBoot: { code: 1 } }),
        'could not check',
        /no kernel of its own/,
      ],
      ...faults(NO_REBOOT),
    ],
  },
  'the clock is right{tail}': {
    without: { absent: 'every machine has a clock', hostile },
    rows: [
      ['so', RIGHT, clock(0), 'holds'],
      ['so', RIGHT, clock(-1500), 'holds'],
      ['not so', RIGHT, clock(60_000), 'not met', /59\.\d s ahead|60 s ahead|1 min ahead/],
      ['not so', RIGHT, clock(-60_000), 'not met', /behind/],
      [
        'unreadable',
        RIGHT,
        printed('', 1, 'date: Input/output error'),
        'could not check',
        /The clock could not be read/,
      ],
      ['unreadable', RIGHT, printed('Mo 30. Nov\n'), 'could not check'],
      [
        'tool missing',
        RIGHT,
        printed('', 127, 'bash: date: command not found'),
        'could not check',
        /date: command not found/,
      ],
      ['cut off', RIGHT, cutOff(), 'could not check'],
      ['cut off', RIGHT, printed('1'), 'could not check'],
    ],
  },
}
