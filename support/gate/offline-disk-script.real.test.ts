/** Offline, a host with disko has a disk script that is bound with all that it needs, and the gate does not say that there is none. */
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { NixcumberError } from '../core/errors.ts'
import { silentProgress } from '../core/progress.ts'
import { parseLocator } from '../flake/locator.ts'
import { Subject } from '../flake/subject.ts'
import { Nix } from '../nix/evaluate/nix.ts'
import { openToolbox } from '../nix/tools/find-toolchain.ts'
import { buildBound } from './binding.ts'

const scratch = mkdtempSync(join(tmpdir(), 'nixcumber-disk-script-'))
test.after(() => rmSync(scratch, { recursive: true, force: true }))
const toolchain = await openToolbox({ offline: true }, 'a test')
const nix = new Nix({ toolchain, logDir: join(scratch, 'log'), cacheDir: join(scratch, 'cache'), offline: true })
const ask = (suite: string): Subject =>
  new Subject(parseLocator(`fixtures/suites/${suite}`, process.cwd()), {
    ...{ nix, offline: true, scratch, progress: silentProgress },
    strict: { importFromDerivation: false },
  })

test('it is built, starts with its own bash, and finds its programs', async () => {
  const bound = await ask('disks').bound('laptop')
  assert.deepEqual(bound.disks, { main: '/dev/disk/by-id/virtio-two' })
  const links = join(scratch, 'links')
  mkdirSync(links)
  const { diskScript } = await buildBound(bound, nix, { host: 'laptop', links, settings: [] })
  assert.match(diskScript?.path ?? '', /-disko$/)
  assert.match(diskScript?.contents ?? '', /^sha256-/)
  const text = readFileSync(toolchain.realPath(diskScript?.path ?? ''), 'utf8')
  assert.match(text, /^#!\/nix\/store\/\S+\/bin\/bash\nexport PATH=\/nix\/store\/\S*cryptsetup\S*:\$PATH\n/)
})

test('a layout that the look-alike cannot make is refused by name', async () => {
  const refused = (error: unknown): boolean =>
    error instanceof NixcumberError && error.exitCode === 2 && /the content "zfs" is needed/.test(error.message)
  await assert.rejects(ask('layout').bound('pools'), refused)
})
