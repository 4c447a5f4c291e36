/** Hosts of the look-alike, installed on empty disks by a machine of the same nixpkgs, and started from them by firmware. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import test from 'node:test'
import { z } from 'zod'
import { type Command, sh } from '../../core/command.ts'
import { Deadline } from '../../core/deadline.ts'
import { minutes } from '../../core/duration.ts'
import { ConfigurationBroken } from '../../core/errors.ts'
import { LOOK_ALIKES } from '../../flake/written/offline-inputs.ts'
import { findToolchain } from '../../nix/find-toolchain.ts'
import { Nix } from '../../nix/nix.ts'
import { nixString } from '../../nix/nix-string.ts'
import type { Machine } from '../machine.ts'
import { bootContextForTests } from '../testing/boot-context.ts'
import { diskGuest, scriptGuest } from '../testing/disk-guest.ts'
import { bootQemu } from './boot.ts'

const HOSTS = resolve(import.meta.dirname, '../../../fixtures/suites/installed/hosts.nix')
const scratch = mkdtempSync(join(tmpdir(), 'nixcumber-installed-'))
test.after(() => rmSync(scratch, { recursive: true, force: true }))
const toolchain = await findToolchain({ offline: true })
const nix = new Nix({ toolchain, logDir: scratch, cacheDir: scratch, offline: true })

const planned = z.object({ vm: z.string(), toplevels: z.object({ bios: z.string(), uefi: z.string() }) })
const { value } = await nix.eval(
  { expression: `import (/. + ${nixString(HOSTS)}) (/. + ${nixString(join(LOOK_ALIKES, 'nixpkgs'))})` },
  { subject: 'the hosts do not evaluate' },
  '{ toplevels, vm }: { inherit toplevels; vm = vm.drvPath; }',
)
const { vm, toplevels } = planned.parse(value)
const script = await nix.build(vm, join(scratch, 'vm'), { subject: 'the rescue machine', writable: [scratch] })

await using installing = bootContextForTests(minutes(3))
/** `emptyDiskImages` of the rescue machine, in their order. */
const disk = (index: number, serial: string) => ({
  file: join(installing.runtimeDir, `try1/q/empty${index}.qcow2`),
  serial,
})
const disks = { bios: disk(0, 'bios'), uefi: disk(1, 'uefi') }

const said = async (machine: Machine, command: Command): Promise<string> => {
  const shell = await machine.shell('serial')
  const { exitCode, stdout, stderr } = await shell.run(command, { attempt: minutes(4) })
  assert.equal(exitCode, 0, `${command.script}\n${stdout}${stderr}`)
  return stdout.toString().trim()
}

const install = (toplevel: string): Command =>
  sh`nixos-install --system ${toplevel} --root /mnt --no-root-passwd --no-channel-copy`

test('a machine with their closures in its store installs them', async () => {
  await using rescue = await bootQemu(scriptGuest('rescue', script), installing)
  await said(
    rescue,
    sh`set -ex
    disk=/dev/disk/by-id/virtio-bios
    sgdisk --new=1:0:+1M --typecode=1:EF02 --new=2:0:0 $disk
    udevadm settle
    mkfs.ext4 -q -L nixos $disk-part2
    mount $disk-part2 /mnt
    ${install(toplevels.bios)}
    umount /mnt`,
  )
  await said(
    rescue,
    sh`set -ex
    disk=/dev/disk/by-id/virtio-uefi
    sgdisk --new=1:0:+128M --typecode=1:EF00 --change-name=1:ESP --new=2:0:0 --change-name=2:root $disk
    udevadm settle
    mkfs.vfat -F 32 $disk-part1
    mkfs.ext4 -q $disk-part2
    mount $disk-part2 /mnt
    mkdir /mnt/boot
    mount $disk-part1 /mnt/boot
    ${install(toplevels.uefi)}
    umount -R /mnt`,
  )
  await rescue.power('shutdown', Deadline.after(minutes(1)))
})

for (const [name, firmware] of [
  ['bios', 'BIOS'],
  ['uefi', 'UEFI'],
] as const)
  test(`${firmware} starts the very system from its disk, which answers though nothing of nixcumber is in it`, async () => {
    await using context = bootContextForTests(minutes(3))
    await using machine = await bootQemu(diskGuest({ name, firmware, disks: [disks[name]] }), context)
    assert.equal(await said(machine, sh`readlink -f /run/current-system`), toplevels[name])
    assert.equal(await said(machine, sh`systemctl is-system-running`), 'running')
    assert.equal(await said(machine, sh`readlink /nix/var/nix/profiles/system`), 'system-1-link')
    assert.equal(await said(machine, sh`readlink /proc/1/ns/mnt`), await said(machine, sh`readlink /proc/self/ns/mnt`))
  })

test('a root that is not there is told by its stage 1', async () => {
  await using context = bootContextForTests(minutes(2))
  // The other one's disk has no file system of that label.
  const guest = diskGuest({ name: 'bios', firmware: 'BIOS', disks: [disks.uefi], direct: toplevels.bios })
  await assert.rejects(bootQemu(guest, context), (error: Error) => {
    assert.ok(error instanceof ConfigurationBroken)
    assert.match(error.message, /stopped in stage 1: its root file system could not be mounted/)
    assert.match(error.message, /waiting for device \/dev\/disk\/by-label\/nixos to appear/)
    assert.match(error.message, /Timed out waiting for device \/dev\/disk\/by-label\/nixos/)
    return true
  })
})
