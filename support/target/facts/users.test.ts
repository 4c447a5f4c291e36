/** What uses disks of a computer, as its /proc and its configfs tell it; the real ones of this computer, too. */
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import test from 'node:test'
import { deviceExports, namespaceMounts, openDevices } from './users.ts'

const said = ({ script }: { readonly script: string }): string =>
  spawnSync('sh', ['-c', script], { encoding: 'utf8' }).stdout.trimEnd()

test('a mount in a namespace of its own is seen', async t => {
  const inside =
    'mount -t tmpfs none /mnt && mkdir "/mnt/a b" && mount --bind /usr "/mnt/a b" && echo up && exec sleep 60'
  const child = spawn('unshare', ['-m', 'sh', '-c', inside], { stdio: ['ignore', 'pipe', 'ignore'] })
  const [first] = await Promise.race([once(child.stdout, 'data'), once(child, 'exit')])
  if (String(first) !== 'up\n') return t.skip('no namespaces here')
  try {
    const found = namespaceMounts.parse(said(namespaceMounts.command))
    const mine = found.find(({ point }) => point === '/mnt/a b')
    assert.deepEqual([mine?.program, mine?.process], ['sleep', child.pid])
    assert.match(mine?.number ?? '', /^\d+:\d+$/)
  } finally {
    child.kill()
  }
})

test('what is open below /dev is seen, with what has opened it', async () => {
  const child = spawn('sh', ['-c', 'exec 7</dev/loop-control; echo up; exec sleep 60'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  await once(child.stdout, 'data')
  try {
    const mine = openDevices.parse(said(openDevices.command)).filter(one => one.process === child.pid)
    assert.ok(
      mine.some(({ path, program }) => program === 'sleep' && path === '/dev/loop-control'),
      JSON.stringify(mine),
    )
  } finally {
    child.kill()
  }
})

test('what is no answer is none', () => {
  for (const text of ['', '/proc/1/fd:', '/proc/1/comm:sh']) assert.throws(() => openDevices.parse(text))
  for (const text of ['', 'space\t1\tsh', 'space\t1\tsh\n8:1 / /']) assert.throws(() => namespaceMounts.parse(text))
  assert.throws(() => deviceExports.parse('/dev/sda'))
})

test('blanks in names of mounts', () => {
  const line = '36 35 8:1 /x\\040y /a\\040b\\134 rw,noatime master:1 shared:2 - ext4 /dev/sda1 rw'
  const [one] = namespaceMounts.parse(`space\t7\tsh\n${line}`)
  assert.deepEqual(one, { program: 'sh', process: 7, number: '8:1', source: '/dev/sda1', point: '/a b\\' })
})

test('exports of the kernel', () => {
  const info =
    'Status: ACTIVATED  Max Queue Depth: 0  SectorSize: 512         iBlock device: dm-3  UDEV PATH: /dev/main/vm  readonly: 0'
  const target = `export\t/sys/kernel/config/target/core/iblock_0/vm/info\t${info}`
  const nvme = 'export\t/sys/kernel/config/nvmet/subsystems/x/namespaces/1/device_path\t/dev/nvme0n1 '
  assert.deepEqual(
    deviceExports.parse(`${target}\n${nvme}`).map(({ by, path }) => `${by} ${path}`),
    ['the iSCSI target /dev/dm-3', 'the iSCSI target /dev/main/vm', 'the NVMe target /dev/nvme0n1'],
  )
  assert.deepEqual(deviceExports.parse(''), [])
})
