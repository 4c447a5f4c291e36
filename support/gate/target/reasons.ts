/**
 * Why a target is no GO, and why an installation is not what was judged: where each is shown. A scenario is one through the real command line;
 * where no computer of the tests can be made so, it is a row of the sentence that judges it, or a test of the part that tells it.
 */
export type Shown =
  | { readonly scenario: string; readonly of: 'wipe' | 'deployed' | 'target'; readonly says: string }
  | { readonly row: string; readonly sentence: string }
  | { readonly test: string; readonly in: string }

const row = (sentence: string, what: string): Shown => ({ sentence, row: what })
const test = (file: string, name: string): Shown => ({ in: `support/${file}`, test: name })

const DISK = 'the target has disk {string} of at least {disk-size}'
const HANGS = 'nothing else hangs on the disks of host {string}'

export const TARGET_REASONS: Readonly<Record<string, Shown>> = {
  'disk missing': row(DISK, 'it is not there'),
  'other serial behind the name': test('gate/target/target-differences.test.ts', 'another disk behind its name'),
  'disk too small': row(DISK, 'it is smaller'),
  mounted: row(HANGS, 'it is mounted beside a rescue system'),
  'shared with disks not named': row(HANGS, 'a btrfs over whole disks'),
  'used by another program': row(HANGS, 'a virtual machine has it'),
  'boot mode': row('the target boots as host {string} expects', 'GRUB by UEFI'),
  architecture: row('the target has the architecture of host {string}', 'x86_64-linux on aarch64'),
  memory: row('the target has memory for the installer', 'too little in all'),
  driver: row('disks and network cards of the target have drivers in host {string}', 'a card without a driver'),
  'static network of another machine': row(
    'the network of the target fits host {string}',
    'the address of another machine',
  ),
  'our key': test('gate/target/preflight.test.ts', 'what holds and what does not is told in one line'),
  'host key changed between stages': {
    ...{ of: 'wipe', scenario: 'A host key that has changed since the verdict', says: 'The host key of' },
  },
  'kexec forbidden': test('target/judge/kexec.test.ts', 'one that starts no other'),
  'partition table changed': {
    ...{ of: 'wipe', scenario: 'A disk that has changed since the verdict', says: 'partition table of disk main' },
  },
  unreachable: {
    ...{ of: 'target', scenario: 'One that cannot be reached, and one that is no machine to look at' },
    says: 'No ssh connection to',
  },
}

export const AFTER_REASONS: Readonly<Record<string, Shown>> = {
  'entry missing on /mnt': {
    of: 'wipe',
    scenario: 'What cannot be started is not rebooted',
    says: 'there is no menu of GRUB or systemd-boot below /mnt',
  },
  'other contents on /mnt': {
    in: 'support/deploy/install/mounted/mounted.test.ts',
    test: 'the profile, and what lies in the closure',
  },
  'another system in the menu': test('deploy/install/install.test.ts', 'a menu of another system'),
  'does not come back': test('deploy/install/returned.test.ts', 'whatever else it does is told with what can be done'),
  'comes back as what it was': test(
    'deploy/install/returned.test.ts',
    'whatever else it does is told with what can be done',
  ),
  'features do not hold live': {
    of: 'deployed',
    scenario: 'It holds in its machine, and not there',
    says: 'ROLLED BACK  web runs',
  },
}
