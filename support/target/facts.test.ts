/** What targets answered, as it came: how it was recorded is told in fixtures/transcripts/README.md. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { whyNoLook } from '../effect/command-effect.ts'
import { known, whyUnknown } from '../probe/fact.ts'
import { container } from './facts/system.ts'
import { parseTarget, targetCommand } from './facts.ts'

const recorded = (name: string): Buffer =>
  readFileSync(join(import.meta.dirname, '../../fixtures/transcripts/target', `${name}.txt`))

test('the look only looks', () => assert.equal(whyNoLook(targetCommand().script)?.because, undefined))

test('a POSIX shell runs it, and says nothing beside it', () => {
  const { status, stdout, stderr } = spawnSync('sh', ['-c', targetCommand().script])
  assert.deepEqual([status, stderr.toString()], [0, ''])
  const facts = parseTarget({ stdout })
  assert.equal(known(facts.machine), { x64: 'x86_64', arm64: 'aarch64' }[process.arch as string])
  assert.ok(Number(known(facts.memory)?.total) > 0)
})

test('without systemd a container of Docker is known by what Docker leaves there', () => {
  const { status, stdout } = spawnSync('/bin/dash', ['-c', container.command.script], { env: { PATH: '/nowhere' } })
  const wanted = existsSync('/.dockerenv')
    ? [0, 'docker\n']
    : existsSync('/run/.containerenv')
      ? [0, 'podman\n']
      : [127, '']
  assert.deepEqual([status, stdout.toString()], wanted)
})

test('a container tells what it is, and what it cannot tell', () => {
  const facts = parseTarget({ stdout: recorded('container') })
  assert.deepEqual(known(facts.os), { id: 'debian', idLike: [], name: 'Debian GNU/Linux 12 (bookworm)' })
  assert.deepEqual([known(facts.virtualization), known(facts.container)], ['kvm', 'docker'])
  assert.deepEqual(
    known(facts.disks)
      ?.filter(({ type }) => type === 'disk')
      .map(({ path, size, mountPoints }) => [path, size, mountPoints]),
    [
      ['/dev/zram0', 0, []],
      ['/dev/vda', 274_877_906_944, ['/']],
    ],
  )
  assert.equal(known(facts.routes4)?.[0]?.gateway, '192.0.2.1')
  assert.deepEqual(
    known(facts.modaliases)?.map(({ name, depth, driver }) => [name, depth, driver]),
    [
      ['eth0', 0, 'virtio_net'],
      ['eth0', 1, 'virtio-pci'],
      ['vda', 0, 'virtio_blk'],
      ['vda', 1, 'virtio-pci'],
    ],
  )
  assert.equal(whyUnknown(facts.cards), 'udevadm is not there')
  assert.equal(whyUnknown(facts.kexec), 'its kernel knows no kexec')
  assert.equal(whyUnknown(facts.links), 'there is no /dev/disk: it has no udev')
})

test('what was cut off, or is in another form, is unknown', () => {
  const whole = recorded('container')
  const cut = parseTarget({ stdout: whole.subarray(0, 1000) })
  assert.equal(known(cut.os)?.id, 'debian')
  assert.equal(whyUnknown(cut.disks), 'the answer was cut off before lsblk')
  const other = parseTarget({ stdout: Buffer.from(whole.toString().replace('"blockdevices"', '"blockdevice2"')) })
  assert.equal(whyUnknown(other.disks), 'lsblk answered in another form than it should')
  assert.equal(whyUnknown(parseTarget({ stdout: Buffer.alloc(0) }).machine), 'the answer was cut off before uname')
})

test('an answer without an end is not read', () => {
  const os = 'ID=debian\n'
  const said = (text: string): Buffer => Buffer.from(`0 ${text.length}\n${text}\n`)
  assert.equal(known(parseTarget({ stdout: said(os) }).os)?.id, 'debian')
  const endless = parseTarget({ stdout: said(os.repeat(1_000_000)) })
  assert.equal(whyUnknown(endless.os), '/etc/os-release said more than is read (8 MB)')
})
