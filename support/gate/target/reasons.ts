/**
 * Why a target is no GO, and why an installation is not what was judged: where each is shown. A scenario is one through the real command line;
 * where no computer of the tests can be made so, it is a row of the sentence that judges it, or a test of the part that tells it.
 */
export type Shown =
  | { readonly scenario: string; readonly of: 'wipe' | 'deployed'; readonly says: string }
  | { readonly row: string; readonly sentence: string }
  | { readonly test: string; readonly in: string }

const DRESSED = 'A verdict is for this computer, as long as its disks are as they were'
const dressed = (says: string): Shown => ({ of: 'wipe', scenario: DRESSED, says })
const row = (sentence: string, what: string): Shown => ({ sentence, row: what })
const installing = (test: string): Shown => ({ in: 'support/deploy/install/install.test.ts', test })
const returning = (test: string): Shown => ({ in: 'support/deploy/install/returned.test.ts', test })

export const TARGET_REASONS: Readonly<Record<string, Shown>> = {
  'disk missing': row('the target has disk {string} of at least {disk-size}', 'it is not there'),
  'other serial behind the name': dressed('serial number of disk main'),
  'disk too small': row('the target has disk {string} of at least {disk-size}', 'it is smaller'),
  mounted: dressed('is mounted at /mnt'),
  'shared with disks not named': dressed('are one btrfs'),
  'boot mode': dressed('the target has booted by UEFI'),
  architecture: dressed('the target is aarch64'),
  memory: dressed('the target has 256 MiB'),
  driver: dressed('the kernel has no driver for virtio:'),
  'static network of another machine': row(
    'the network of the target fits host {string}',
    'the address of another machine',
  ),
  'our key': { in: 'support/gate/target/preflight.test.ts', test: 'what holds and what does not is told in one line' },
  'host key changed between stages': {
    of: 'wipe',
    scenario: 'A host key that has changed since the verdict',
    says: 'The host key of',
  },
  'kexec forbidden': dressed('kernel.kexec_load_disabled'),
  'partition table changed': {
    of: 'wipe',
    scenario: 'A disk that has changed since the verdict',
    says: 'partition table of disk main',
  },
  unreachable: dressed('could not be checked: target: No ssh connection to'),
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
  'another system in the menu': installing('a menu of another system'),
  'does not come back': returning('whatever else it does is told with what can be done'),
  'comes back as what it was': returning('whatever else it does is told with what can be done'),
  'features do not hold live': {
    of: 'deployed',
    scenario: 'It holds in its machine, and not there',
    says: 'ROLLED BACK  web runs',
  },
}
