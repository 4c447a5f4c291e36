import assert from 'node:assert/strict'
import test from 'node:test'
import { sameWord } from './cells.ts'
import { judgeLayout, judgeWipedDisks, type WantedLayout } from './judge-layout.ts'
import type { Layout } from './layout.ts'

const layout: Layout = {
  disks: [
    { name: 'main', device: '/dev/sda', wiped: true, content: { type: 'filesystem', format: 'ext4', mountPoint: '/' } },
    { name: 'kept', device: '/dev/sdb', wiped: false, content: null },
  ],
  ...{ partitionLabels: [], arrays: [], groups: [], pools: [], unbacked: [], strange: [] },
}
const wanted: WantedLayout = {
  columns: ['disk', 'file system'],
  rows: [{ disk: 'main', 'file system': 'ext4' }, { disk: 'kept' }],
}
const [main] = wanted.rows

test('as the table says', () => assert.equal(judgeLayout('t14', wanted, layout), undefined))

for (const [what, rows, says] of [
  ['too few', [main], /Surplus {4}kept \|/],
  ['too many', [...wanted.rows, { disk: 'x' }], /Missing {4}x \|/],
  [
    'otherwise',
    [{ disk: 'main', 'file system': 'xfs' }, { disk: 'kept' }],
    /Missing {4}main \| xfs\n {2}Surplus {4}main \| ext4/,
  ],
] as const)
  test(`a table with ${what}`, () => {
    const error = judgeLayout('t14', { ...wanted, rows: rows.flatMap(row => row ?? []) }, layout)
    assert.equal(error?.exitCode, 1)
    assert.match(error?.message ?? '', says)
  })

test('what cannot be read was not checked, though all rows are there', () => {
  assert.equal(judgeLayout('t14', wanted, { ...layout, strange: ['new'] })?.exitCode, 3)
})

test('without a layout nothing holds', () => {
  for (const none of [null, { ...layout, disks: [] }]) {
    assert.equal(judgeLayout('t14', wanted, none)?.exitCode, 1)
    assert.equal(judgeWipedDisks('t14', [], none)?.exitCode, 1)
  }
})

for (const [what, disks, holds] of [
  ['the one that is wiped', [{ disk: 'main', device: '/dev/sda' }], true],
  ['another device', [{ disk: 'main', device: '/dev/sdc' }], false],
  ['another name', [{ disk: 'kept', device: '/dev/sda' }], false],
  [
    'the one that is kept, too',
    [
      { disk: 'main', device: '/dev/sda' },
      { disk: 'kept', device: '/dev/sdb' },
    ],
    false,
  ],
  ['none', [], false],
] as const)
  test(`disks that are wiped: ${what}`, () => {
    assert.equal(judgeWipedDisks('t14', disks, layout) === undefined, holds)
  })

for (const [column, one, other, same] of [
  ['size', '1G', '1024MiB', true],
  ['size', '1G', '1000M', false],
  ['size', '1 GiB', '1G', true],
  ['size', '100%', '100', false],
  ['size', '', '0', false],
  ['type', 'ef00', 'C12A7328-F81F-11D2-BA4B-00A0C93EC93B', true],
  ['type', 'EF00', 'EF02', false],
  ['type', '0fc63daf-8483-4772-8e79-3d69d8477de4', '8300', true],
  ['mount point', '/Home', '/home', false],
] as const)
  test(`${column} "${one}" and "${other}" are ${same ? 'the same' : 'not the same'}`, () => {
    assert.equal(sameWord(column, one) === sameWord(column, other), same)
  })
