/**
 * The toolbox for real: made from the host's mirror in an empty cache, then used. Takes a minute and 900 MB of disk. Where nothing has made one yet
 * it is made in the cache of all runs, which would make the same one next; else in a cache of its own.
 */
import assert from 'node:assert/strict'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { type TestContext } from 'node:test'
import { execa } from 'execa'
import { cacheFolder } from '../cache-folder.ts'
import type { Toolchain, WrapOptions } from '../toolchain.ts'
import { openToolbox } from '../tools/find-toolchain.ts'
import { Toolbox } from './toolbox.ts'

const run = async (
  toolchain: Toolchain,
  argv: readonly [string, ...string[]],
  options: WrapOptions = {},
): Promise<{ exitCode?: number; stdout: string; stderr: string }> => {
  const wrapped = toolchain.wrap(argv, { cwd: '/', ...options })
  return execa(wrapped.file, wrapped.args, { ...wrapped.options, reject: false, stdin: 'ignore' })
}

async function emptyCache(t: TestContext): Promise<string> {
  if (!(await Toolbox.isMade(cacheFolder()))) return cacheFolder()
  const cache = await mkdtemp(join(tmpdir(), 'nixcumber-toolbox-'))
  t.after(() => rm(cache, { recursive: true, force: true }))
  return cache
}

test('the toolbox, from an empty cache', async t => {
  const cache = await emptyCache(t)
  const [toolchain, second] = await Promise.all([
    openToolbox({ offline: true, cache }, 'a test'),
    openToolbox({ offline: true, cache }, 'a test'),
  ])

  await t.test('two runs at once share one toolbox and one base, and leave nothing half made', async () => {
    assert.equal(second.nixVersion, toolchain.nixVersion)
    const left = [...(await readdir(cache)), ...(await readdir(join(cache, 'nix/var/nixcumber')))]
    assert.deepEqual(
      left.filter(name => name.startsWith('.')),
      [],
    )
  })

  await t.test('it has a Nix and a QEMU that are new enough, and says why it was chosen', () => {
    assert.equal(toolchain.origin, 'toolbox')
    assert.match(toolchain.nixVersion, /^2\.(1[89]|[2-9]\d)/)
    assert.match(toolchain.qemuVersion, /^(9|[1-9]\d)\./)
    assert.match(toolchain.why, /^toolbox: /)
  })

  await t.test('Nix builds without a network and the result can be read from outside', async () => {
    const expression = `derivation { name = "x"; system = "x86_64-linux"; builder = "/bin/sh"; args = ["-c" "echo made > $out"]; }`
    const { stdout, stderr } = await run(
      toolchain,
      ['nix', 'build', '--impure', '--no-link', '--print-out-paths', '--expr', expression],
      {
        env: { HOME: '/tmp' },
      },
    )
    assert.match(stdout, /^\/nix\/store\//, stderr)
    const { stdout: content } = await execa('cat', [toolchain.realPath(stdout.trim())])
    assert.equal(content, 'made')
  })

  await t.test('nothing of the host can be written to but what is named', async () => {
    const named = await mkdtemp(join(cache, 'named-'))
    t.after(() => rm(named, { recursive: true, force: true }))
    assert.equal((await run(toolchain, ['touch', join(named, 'x')], { writable: [named] })).exitCode, 0)
    assert.notEqual((await run(toolchain, ['touch', '/srv/nixcumber'])).exitCode, 0)
    assert.notEqual((await run(toolchain, ['touch', '/usr/x'])).exitCode, 0)
  })

  await t.test('only the given environment goes in', async () => {
    const { stdout } = await run(toolchain, ['env'], { env: { ONLY: 'this' } })
    assert.match(stdout, /^ONLY=this$/m)
    assert.doesNotMatch(stdout, /^HOME=/m)
  })
})
