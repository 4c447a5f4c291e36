import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { LAB_FOLDER, markKeeper, sweepLabs } from './lab-sweep.ts'

test('folders of labs whose process is gone are taken away, and no others', () => {
  const parent = mkdtempSync(join(tmpdir(), 'nixcumber-sweep-'))
  const lab = (name: string): string => {
    mkdirSync(join(parent, name))
    return join(parent, name)
  }
  markKeeper(lab(`${LAB_FOLDER}alive`), process.pid)
  markKeeper(lab(`${LAB_FOLDER}dead`), 2 ** 22 + 1)
  writeFileSync(join(lab(`${LAB_FOLDER}other`), 'keeper'), `${process.pid} 1 of-another-boot`)
  lab(`${LAB_FOLDER}begun`)
  utimesSync(lab(`${LAB_FOLDER}abandoned`), 0, 0)
  utimesSync(lab('foreign'), 0, 0)
  sweepLabs(parent)
  assert.deepEqual(readdirSync(parent).sort(), ['foreign', `${LAB_FOLDER}alive`, `${LAB_FOLDER}begun`])
  rmSync(parent, { recursive: true })
})
