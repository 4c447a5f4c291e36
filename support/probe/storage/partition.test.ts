/** This computer's own; what a disk may answer besides is in the rows of the sentence. */
import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import test, { after } from 'node:test'
import { seconds } from '../../core/time/duration.ts'
import { LocalShell } from '../../shell/local.ts'
import { partitionsOfRows } from './partition.ts'

const shell = new LocalShell()
after(() => shell[Symbol.asyncDispose]())
const names = readdirSync('/sys/class/block')

test('every disk and partition is told, with its size, once for each row', { skip: names.length === 0 }, async () => {
  const query = { subject: 'these', paths: ['/dev/null'], rows: 2 }
  const all = partitionsOfRows.parse(await shell.run(partitionsOfRows.command(query), { attempt: seconds(20) }), query)
  const [{ disks, partitions, links } = { disks: [], partitions: [], links: new Map<string, string>() }] = all
  assert.deepEqual([...disks, ...partitions].map(({ name }) => name).toSorted(), names.toSorted())
  assert.equal(all.length, 2)
  assert.equal(links.get('/dev/null'), '/dev/null')
})
