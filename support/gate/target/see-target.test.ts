import assert from 'node:assert/strict'
import test from 'node:test'
import { disks as disksPart, links as linksPart } from '../../target/facts/disks.ts'
import { parseTarget, type TargetFacts } from '../../target/facts.ts'
import { disksOf, uuidOf } from './see-target.ts'

const UUID = '4C4C4544-0042-3510-8054-B4C04F565931'
const NOTHING = parseTarget({ stdout: Buffer.alloc(0) })
const LAYOUT = { main: '/dev/disk/by-id/nvme-1', data: '/dev/sda' }

/** As lsblk(8) of Debian 12 prints them with `-J -b -O`; columns that are not asked for are left out. */
const LSBLK = JSON.stringify({
  blockdevices: [
    {
      ...{ name: 'nvme0n1', kname: 'nvme0n1', path: '/dev/nvme0n1', type: 'disk', size: 512_110_190_592, ro: false },
      ...{ serial: 'S4EWNX0R ', wwn: 'eui.0025385b01402ee1', ptuuid: '5ebb9a2c', fstype: null, uuid: null },
      mountpoints: [null],
    },
    {
      ...{ name: 'sda', kname: 'sda', path: '/dev/sda', type: 'disk', size: 1_000_204_886_016, ro: false },
      ...{ serial: null, wwn: null, ptuuid: null, fstype: 'LVM2_member', uuid: '5x2-\u001b[2J', mountpoints: [null] },
    },
  ],
})

const facts = (change: Partial<TargetFacts> = {}): TargetFacts => ({
  ...NOTHING,
  container: { is: 'none' },
  userId: { is: 0 },
  disks: { is: disksPart.parse(LSBLK) },
  links: { is: linksPart.parse('/dev/disk/by-id/nvme-1\t/dev/nvme0n1\n') },
  ...change,
})

test('the disks of the layout are found by their names, with what tells them from others', () => {
  const disks = disksOf(facts(), LAYOUT)
  assert.deepEqual('is' in disks ? disks.is : disks, {
    main: {
      ...{ device: '/dev/disk/by-id/nvme-1', path: '/dev/nvme0n1', serial: 'S4EWNX0R', wwn: 'eui.0025385b01402ee1' },
      ...{ size: 512_110_190_592, partitionTable: '5ebb9a2c', content: null },
    },
    data: {
      ...{ device: '/dev/sda', path: '/dev/sda', serial: null, wwn: null, size: 1_000_204_886_016 },
      ...{ partitionTable: null, content: 'LVM2_member 5x2-\ufffd[2J' },
    },
  })
})

test('a disk that the layout does not name is not bound, and one that is not there neither', () =>
  assert.deepEqual(disksOf(facts(), { other: '/dev/disk/by-id/nvme-2', vda: '/dev/vda' }), { is: {} }))

const unknown = { unknown: 'no such tool' }
const blind = { userId: { is: 1000 }, links: unknown }
for (const [what, change, layout, cause] of [
  ['lsblk', { disks: unknown }, LAYOUT, 'no such tool'],
  ['being the computer that has them', { container: { is: 'docker' } }, LAYOUT, 'that of another system'],
  ['what the names of udev mean', { links: unknown }, LAYOUT, 'no such tool'],
  ['what lies on disks, without udev and root', blind, { data: '/dev/sda' }, /neither udev nor root/],
  [
    'what lies on disks, without udev, by whom is not known',
    { ...blind, userId: unknown },
    {},
    /neither udev nor root/,
  ],
] as const)
  test(`disks are not known without ${what}`, () => {
    const disks = disksOf(facts(change), layout)
    assert.match('unknown' in disks ? disks.unknown : '', new RegExp(cause))
  })

test('root sees what lies on a disk, also without udev', () =>
  assert.equal('is' in disksOf(facts({ links: unknown }), { data: '/dev/sda' }), true))

for (const [what, change, uuid] of [
  ['is there', {}, { is: UUID.toLowerCase() }],
  ['is none, for root sees none', { dmi: { is: {} } }, { is: null }],
  ['was never set', { dmi: { is: { uuid: '00000000-0000-0000-0000-000000000000' } } }, { is: null }],
  ['was not seen, for only root may', { dmi: { is: {} }, userId: { is: 1000 } }, /^only root may read it/],
  ['was not seen, by whom is not known', { dmi: { is: {} }, userId: unknown }, /^only root may read it/],
  ['was not seen', { dmi: unknown }, /^no such tool$/],
] as readonly (readonly [string, Partial<TargetFacts>, RegExp | object])[])
  test(`the UUID of the computer ${what}`, () => {
    const found = uuidOf({ ...facts({ dmi: { is: { uuid: UUID.toLowerCase() } } }), ...change })
    if (uuid instanceof RegExp) assert.match('unknown' in found ? found.unknown : '', uuid)
    else assert.deepEqual(found, uuid)
  })
