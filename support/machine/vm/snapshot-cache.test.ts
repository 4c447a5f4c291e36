/** How long a machine is kept for other runs; the rest of it is in snapshot-cache.real.test.ts, with a QEMU. */
import assert from 'node:assert/strict'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { silentProgress } from '../../core/progress.ts'
import type { MachinePlan, NixosShellPlan } from '../machine.ts'
import { ramFile, type SnapshotAbout, writeAbout } from '../snapshot/snapshot-files.ts'
import { cacheKey, resumeOrBoot } from './snapshot-cache.ts'

const HOUR_MS = 3_600_000
const about: Omit<SnapshotAbout, 'savedAt'> = {
  format: 2,
  command: { argv: ['qemu'], env: {} },
  disks: [],
  bootId: 'b',
  secondsToReady: 1,
}

/** What becomes of a machine that was kept so many hours ago. */
async function after(hours: number) {
  const parent = mkdtempSync(join(tmpdir(), 'nixcumber-kept-'))
  const as = join(parent, 'machine')
  const folder = `${as}-1`
  mkdirSync(folder)
  writeFileSync(ramFile(folder), '')
  await writeAbout(folder, { ...about, savedAt: Date.now() - hours * HOUR_MS })
  const options = { as, name: 't14', progress: silentProgress, signal: undefined }
  const did: string[] = []
  try {
    await resumeOrBoot({
      ...options,
      resume: async () => did.push('resumed') as never,
      boot: async () => did.push('booted') as never,
    })
    return { did, isThere: existsSync(folder) }
  } finally {
    rmSync(parent, { recursive: true })
  }
}

test('a machine that was kept less than a day ago goes on', async () =>
  assert.deepEqual(await after(23), { did: ['resumed'], isThere: true }))

test('one of more than a day is booted, and its state is gone', async () =>
  assert.deepEqual(await after(25), { did: ['booted'], isThere: false }))

/** What a machine of a host is kept as, of which only this is another. */
const keptAs = (other: Partial<NixosShellPlan>): string => {
  const plan = { kind: 'nixos-shell', name: 't14', vm: '/nix/store/v', contents: ['sha256-1'], ...other } as MachinePlan
  return cacheKey('/c', plan, { accelerator: { name: 'tcg', why: '' }, qemu: '10' })
}

test('what lies in the store is a part of the name that a machine is kept by, not its paths alone', () => {
  assert.equal(keptAs({}), keptAs({ contents: ['sha256-1'] }))
  assert.notEqual(keptAs({}), keptAs({ contents: ['sha256-2'] }))
})
