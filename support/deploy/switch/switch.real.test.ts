/** A NixOS of the look-alike, with its own systemd, sshd and Nix, is switched by us: it stays where the features hold, and goes back by itself in all other cases. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import test from 'node:test'
import { EnvironmentBroken } from '../../core/errors.ts'
import { silentProgress } from '../../core/progress.ts'
import { systemClock } from '../../core/time/clock.ts'
import { milliseconds } from '../../core/time/duration.ts'
import { LOOK_ALIKES } from '../../flake/written/offline-inputs.ts'
import { LIVE_HOST } from '../../machine/drivers/ssh.ts'
import type { SshPlan } from '../../machine/machine.ts'
import { contentsOf } from '../../nix/contents.ts'
import { Nix } from '../../nix/evaluate/nix.ts'
import { nixString } from '../../nix/nix-string.ts'
import { findToolchain } from '../../nix/tools/find-toolchain.ts'
import type { LabHost } from '../../testing/lab/lab-host.ts'
import { startNixosHost } from '../../testing/lab/nixos.ts'
import { labSkip } from '../../testing/lab/skip.ts'
import { copyClosure, proveContents } from '../copy-closure.ts'
import { openTarget } from '../deploy-target.ts'
import type { StageLine } from '../stages.ts'
import { switchOnce } from '../testing/switching.ts'
import { byOurselves } from './rebuild.ts'

const WEB = resolve(import.meta.dirname, '../../../fixtures/suites/deployed/web.nix')
const scratch = mkdtempSync(join(tmpdir(), 'nixcumber-switch-'))
test.after(() => rmSync(scratch, { recursive: true, force: true }))
const toolchain = await findToolchain({ offline: true })
const nix = new Nix({ toolchain, logDir: scratch, cacheDir: scratch, offline: true })

/** The host of the suite, with another text in `/etc/edition`. */
async function edition(text: string): Promise<string> {
  const force = `lib: with lib; { environment.etc.edition.text = mkForce ${nixString(text)}; systemd.services.page.restartTriggers = mkForce [ ${nixString(text)} ]; }`
  const modules = `[ (/. + ${nixString(WEB)}) ({ lib, ... }: (${force}) lib) ]`
  const nixos = nixString(join(LOOK_ALIKES, 'nixpkgs/nixos/lib/eval-config.nix'))
  const expression = `(import (/. + ${nixos}) { system = null; modules = ${modules}; }).config.system.build.toplevel.drvPath`
  const { value } = await nix.eval({ expression }, { subject: 'the host does not evaluate' })
  return nix.build(String(value), join(scratch, text), { subject: text, writable: [scratch] })
}

const planOf = ({ ssh: { name, address: host, user, identity, fingerprint } }: LabHost): SshPlan => ({
  ...{ kind: 'ssh', name, abilities: LIVE_HOST, enter: '', host, user, identity, fingerprint },
})

/** Asked without nixcumber. */
async function seen(host: LabHost) {
  const shown = (...argv: string[]) => host.run(...argv).then(({ stdout }) => stdout.trim())
  return {
    system: await shown('readlink', '-f', '/run/current-system'),
    profile: await shown('readlink', '-f', '/nix/var/nix/profiles/system'),
    edition: await shown('cat', '/etc/edition'),
    page: await shown('systemctl', 'is-active', 'page'),
    boots: await shown('cat', '/boot/default'),
    timers: await shown('sh', '-c', 'systemctl list-units --all --plain --no-legend "nixcumber-*.timer"'),
  }
}
type Seen = Awaited<ReturnType<typeof seen>>

async function until(host: LabHost, wanted: Seen, within: number): Promise<void> {
  const start = systemClock.now()
  for (;;) {
    const now = await seen(host)
    if (JSON.stringify(now) === JSON.stringify(wanted)) return
    if (systemClock.now() - start > within * 1000) assert.deepEqual(now, wanted)
    await systemClock.wait(milliseconds(200))
  }
}

test('a switch', { skip: labSkip, timeout: 300_000 }, async t => {
  const [first, second] = [await edition('first'), await edition('second')]
  await using host = await startNixosHost({ name: 'web', system: first, toolchain })
  const plan = planOf(host)
  const told: StageLine[] = []
  const tell = (line: StageLine): void => void told.push(line)
  const old: Seen = { system: first, profile: first, edition: 'first', page: 'active', boots: '', timers: '' }
  const wish = { system: second, after: 20, tell }

  await t.test('the closure is brought there, and it is proved that it is the one that is bound', async () => {
    const bound = { path: second, contents: contentsOf(second, await nix.closure(second, { subject: 'closure' })) }
    await using target = await openTarget(plan, { progress: silentProgress, audit() {} })
    const route = { nix, ssh: target.ssh }
    await assert.rejects(proveContents(bound, route), EnvironmentBroken)
    await copyClosure(bound, route)
    await proveContents(bound, route)
    const other = { ...bound, contents: bound.contents.replace(/.$/, last => (last === '0' ? '1' : '0')) }
    await assert.rejects(proveContents(other, route), /What lies on the target is not what is bound/)
    assert.deepEqual(await seen(host), old)
  })

  await t.test('goes back at once where the features do not hold', async () => {
    let during: Seen | undefined
    const outcome = await switchOnce(plan, {
      ...wish,
      async features() {
        during = await seen(host)
        return 1
      },
    })
    assert.equal(outcome.is === 'rolled back' && outcome.why.exitCode, 1)
    assert.deepEqual({ ...during, timers: '' }, { ...old, system: second, edition: 'second' })
    assert.match(during?.timers ?? '', /^nixcumber-rollback\.timer loaded active waiting/)
    assert.deepEqual(await seen(host), old)
  })

  await t.test(
    'goes back by its timer when the runner is killed, and no other deployment comes in between',
    async () => {
      const file = join(import.meta.dirname, '../testing/switching.ts')
      const words = ['--import', 'tsx', file, JSON.stringify(plan), second, '25']
      const runner = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] })
      for await (const chunk of runner.stdout) if (String(chunk).includes('"stage":"features"')) break
      const running = { ...(await seen(host)), timers: '' }
      assert.deepEqual(running, { ...old, system: second, edition: 'second' })
      runner.kill('SIGKILL')
      await once(runner, 'exit')
      await assert.rejects(
        switchOnce(plan, { ...wish, features: () => assert.fail('it was switched') }),
        /The timer that brings the old system back cannot be set/,
      )
      await until(host, old, 60)
    },
  )

  await t.test('goes back by its timer when the network is dead, which is seen when it is there again', async () => {
    let mended: Promise<void> | undefined
    const outcome = await switchOnce(plan, {
      ...wish,
      after: 15,
      async features() {
        await host.cut()
        mended = until(host, old, 60).then(() => host.connect())
        return 3
      },
    })
    await mended
    assert.equal(outcome.is === 'rolled back' && outcome.why.exitCode, 3)
    assert.deepEqual(await seen(host), old)
  })

  await t.test('goes back where the new system cannot be activated', async () => {
    await host.must('sh', '-c', 'mkdir -p /var/lib/page && touch /var/lib/page/broken')
    const outcome = await switchOnce(plan, { ...wish, features: () => assert.fail('nothing was activated') })
    assert.ok(outcome.is === 'rolled back')
    assert.match(
      outcome.why.message,
      /nixcumber-switch failed on the target: exit-code, exit code 4[\s\S]*restarting the following units: page/,
    )
    await host.must('rm', '/var/lib/page/broken')
    // It was tried too often for systemd by now.
    await host.must('systemctl', 'reset-failed', 'page')
    await host.must('systemctl', 'start', 'page')
    assert.deepEqual(await seen(host), old)
  })

  await t.test('goes back, profile and all, where the boot loader cannot be written', async () => {
    await host.must('mkdir', '/boot/default')
    const outcome = await switchOnce(plan, { ...wish, features: async () => 0 })
    assert.ok(outcome.is === 'rolled back')
    assert.match(outcome.why.message, /nixcumber-permanent failed/)
    await host.must('rmdir', '/boot/default')
    assert.deepEqual(await seen(host), old)
  })

  await t.test('stays where the features hold, and is what boots', async () => {
    told.length = 0
    const outcome = await switchOnce(plan, { ...wish, features: async () => 0 })
    assert.equal(outcome.is, 'holds')
    const now = await seen(host)
    assert.deepEqual(now, { ...old, system: second, profile: second, edition: 'second', boots: second })
    const begun = told.filter(({ does }) => does !== undefined).map(({ stage }) => stage)
    assert.deepEqual(begun, ['arm', 'activate', 'features', 'keep'])
  })

  await t.test('by the commands of nixos-rebuild, without a way back', async () => {
    await using target = await openTarget(plan, { progress: silentProgress, audit() {} })
    // As a runner leaves it that was ended before it could say that it has seen the end.
    const over = ['--property=Type=oneshot', '--property=RemainAfterExit=yes', 'true']
    await host.must('systemd-run', '--unit=nixcumber-switch', ...over)
    await byOurselves(first, target)
    assert.deepEqual(await seen(host), { ...old, boots: first })
  })
})
