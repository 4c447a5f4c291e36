/** Hosts of the look-alike, installed on empty disks by a machine of the same nixpkgs, and started from them by firmware. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import test from 'node:test'
import { execa } from 'execa'
import { z } from 'zod'
import { type Command, sh } from '../../core/command.ts'
import { ConfigurationBroken } from '../../core/errors.ts'
import { Deadline } from '../../core/time/deadline.ts'
import { minutes } from '../../core/time/duration.ts'
import { LOOK_ALIKES } from '../../flake/written/offline-inputs.ts'
import { Nix } from '../../nix/evaluate/nix.ts'
import { nixString } from '../../nix/nix-string.ts'
import { findToolchain } from '../../nix/tools/find-toolchain.ts'
import type { Machine } from '../machine.ts'
import type { Firmware } from '../qemu/firmware.ts'
import { bootContextForTests } from '../testing/boot-context.ts'
import { diskGuest, scriptGuest } from '../testing/disk-guest.ts'
import { bootQemu } from './boot.ts'

const HOSTS = resolve(import.meta.dirname, '../../../fixtures/suites/installed/hosts.nix')
const scratch = mkdtempSync(join(tmpdir(), 'nixcumber-installed-'))
test.after(() => rmSync(scratch, { recursive: true, force: true }))
const toolchain = await findToolchain({ offline: true })
const nix = new Nix({ toolchain, logDir: scratch, cacheDir: scratch, offline: true })

const NAMES = ['array', 'bios', 'uefi'] as const
type Name = (typeof NAMES)[number]
/** That one with GRUB on ext4 is installed by its disk script elsewhere (features/framework/installed.feature). */
const INSTALLED = ['array', 'uefi'] as const
type Installed = (typeof INSTALLED)[number]
const planned = z.object({
  ...{ vm: z.string(), refusal: z.string(), installer: z.string() },
  toplevels: z.record(z.enum(NAMES), z.string()),
})
const { value } = await nix.eval(
  { expression: `import (/. + ${nixString(HOSTS)}) (/. + ${nixString(join(LOOK_ALIKES, 'nixpkgs'))})` },
  { subject: 'the hosts do not evaluate' },
  'hosts: { inherit (hosts) toplevels; } // builtins.mapAttrs (_: package: package.drvPath) { inherit (hosts) vm refusal installer; }',
)
const { toplevels, ...derivations } = planned.parse(value)
const built = (name: keyof typeof derivations): Promise<string> =>
  nix.build(derivations[name], join(scratch, name), { subject: name, writable: [scratch] })
const script = await built('vm')

/** Runs a program of the look-alike on this computer, whose programs are the toolbox's. */
async function refusing(...argv: readonly [string, ...string[]]): Promise<string> {
  const { file, args, options } = toolchain.wrap(argv)
  const { exitCode, stderr } = await execa(file, args, { ...options, reject: false, stdin: 'ignore' })
  assert.equal(exitCode, 1, stderr)
  return stderr
}

test('what cannot be installed is named by its options', async () => {
  const told = await refusing(await built('refusal'), '/nix/store/system')
  for (const option of ['fileSystems."/".fsType = "zfs"', 'boot.loader.limine', 'boot.initrd.luks.devices.key.yubikey'])
    assert.ok(told.includes(option), told)
})

test('an installer says what it does not do', async () => {
  const installer = join(await built('installer'), 'bin')
  assert.match(await refusing(join(installer, 'nixos-install'), '--flake', '.#t14'), /evaluates nothing here/)
  assert.match(await refusing(join(installer, 'nixos-install')), /--system is missing/)
  assert.match(await refusing(join(installer, 'nixos-install'), '--sytem', 'x'), /unknown option '--sytem'/)
  assert.match(await refusing(join(installer, 'nixos-enter'), '--root', '/nix'), /'\/nix' is not a NixOS installation/)
})

const PASSPHRASE = 'correct horse'

/** What makes the disk of each, and mounts it at /mnt. A weak key derivation: the machine may be an emulated one. */
const LAYOUTS: Readonly<Record<Installed, Command>> = {
  array: sh`
    sgdisk --new=1:0:+1M --typecode=1:EF02 --new=2:0:+128M --new=3:0:+1800M --new=4:0:0 $disk
    udevadm settle
    mkfs.ext4 -q -L boot $disk-part2
    mdadm --create /dev/md/mirror --run --level=1 --raid-devices=2 --assume-clean --metadata=1.2 $disk-part3 $disk-part4
    pvcreate /dev/md/mirror
    vgcreate pool /dev/md/mirror
    lvcreate --yes --name root --extents 100%FREE pool
    mkfs.xfs -q /dev/pool/root
    mount /dev/pool/root /mnt
    mkdir /mnt/boot
    mount $disk-part2 /mnt/boot`,
  uefi: sh`
    sgdisk --new=1:0:+128M --typecode=1:EF00 --change-name=1:ESP --new=2:0:0 --change-name=2:crypted $disk
    udevadm settle
    mkfs.vfat -F 32 $disk-part1
    printf %s ${PASSPHRASE} | cryptsetup luksFormat --batch-mode --pbkdf pbkdf2 --pbkdf-force-iterations 1000 --key-file - $disk-part2
    printf %s ${PASSPHRASE} | cryptsetup open --key-file - $disk-part2 crypted
    mkfs.btrfs -q /dev/mapper/crypted
    mount /dev/mapper/crypted /mnt
    for name in root home nix; do btrfs -q subvolume create /mnt/$name; done
    umount /mnt
    mount -o subvol=root /dev/mapper/crypted /mnt
    mkdir /mnt/home /mnt/nix /mnt/boot
    mount -o subvol=home /dev/mapper/crypted /mnt/home
    mount -o subvol=nix /dev/mapper/crypted /mnt/nix
    mount $disk-part1 /mnt/boot`,
}

/** Until all tests are over: what is disposed of with the module is gone before the first begins, and swept by the next run. */
const installing = bootContextForTests(minutes(10))
test.after(() => installing[Symbol.asyncDispose]())
/** `emptyDiskImages` of the rescue machine are in the order of the names. */
const diskOf = (name: Name) => ({
  file: join(installing.runtimeDir, `try1/q/empty${NAMES.indexOf(name)}.qcow2`),
  serial: name,
})

const said = async (machine: Machine, command: Command): Promise<string> => {
  const shell = await machine.shell('serial')
  const { exitCode, stdout, stderr } = await shell.run(command, { attempt: minutes(12) })
  assert.equal(exitCode, 0, `${command.script}\n${stdout}${stderr}`)
  return stdout.toString().trim()
}

test('a machine with their closures in its store installs them', async t => {
  await using rescue = await bootQemu(scriptGuest('rescue', script), installing)
  for (const name of INSTALLED)
    await t.test(name, async () => {
      await said(
        rescue,
        sh`set -ex
        disk=/dev/disk/by-id/virtio-${name}
        ${LAYOUTS[name]}
        nixos-install --system ${toplevels[name]} --root /mnt --no-root-passwd --no-channel-copy
        umount -R /mnt`,
      )
    })
  await rescue.power('shutdown', Deadline.after(minutes(4)))
})

const boots = (name: Installed, firmware: Firmware, mounts: Readonly<Record<string, string>>) =>
  test(`${firmware} starts the very system from its disk, which answers though nothing of nixcumber is in it: ${name}`, async () => {
    await using context = bootContextForTests(minutes(10))
    const answers = [{ prompt: 'Passphrase for', typed: `${PASSPHRASE}\r` }]
    await using machine = await bootQemu(diskGuest({ name, firmware, answers, disks: [diskOf(name)] }), context)
    assert.equal(await said(machine, sh`readlink -f /run/current-system`), toplevels[name])
    assert.equal(await said(machine, sh`systemctl is-system-running`), 'running')
    assert.equal(await said(machine, sh`readlink /nix/var/nix/profiles/system`), 'system-1-link')
    for (const [point, source] of Object.entries(mounts))
      assert.equal(await said(machine, sh`findmnt -n -o SOURCE,FSTYPE ${point} | tr -s ' '`), source)
    // What it is told to mount or stop is seen by all of it.
    assert.equal(await said(machine, sh`readlink /proc/1/ns/mnt`), await said(machine, sh`readlink /proc/self/ns/mnt`))
  })

boots('array', 'BIOS', { '/': '/dev/mapper/pool-root xfs', '/boot': '/dev/vda2 ext4' })
boots('uefi', 'UEFI', { '/': '/dev/mapper/crypted[/root] btrfs', '/home': '/dev/mapper/crypted[/home] btrfs' })

test('a root that is not there is told by its stage 1', async () => {
  await using context = bootContextForTests(minutes(8))
  // The other one's disk has no file system of that label.
  const guest = diskGuest({ name: 'bios', firmware: 'BIOS', disks: [diskOf('uefi')], direct: toplevels.bios })
  await assert.rejects(bootQemu(guest, context), (error: Error) => {
    assert.ok(error instanceof ConfigurationBroken)
    assert.match(error.message, /stopped in stage 1: its root file system could not be mounted/)
    assert.match(error.message, /waiting for device \/dev\/disk\/by-label\/nixos to appear/)
    assert.match(error.message, /Timed out waiting for device \/dev\/disk\/by-label\/nixos/)
    return true
  })
})
