/** `nixcumber gate`: a host is bound, built and judged, and what came of it is written down as a verdict. */
import { rmSync } from 'node:fs'
import { resolve } from 'node:path'
import { loadConfig } from '../../config/config.ts'
import { runSettings } from '../../config/run-settings.ts'
import { refuse } from '../../core/refusal.ts'
import type { Duration } from '../../core/time/duration.ts'
import { kexecFile } from '../../deploy/install/kexec-file.ts'
import { parseLocator } from '../../flake/locator.ts'
import { flakeLocator } from '../../gate/binding.ts'
import { canonical } from '../../gate/canonical.ts'
import { hashesOf, refuseChangedFiles } from '../../gate/feature-files.ts'
import { issue } from '../../gate/issue.ts'
import { verdictPage } from '../../gate/page.ts'
import { fingerprintOf, sign } from '../../gate/sign.ts'
import { VALID_BY_DEFAULT } from '../../gate/validity.ts'
import type { Word } from '../../gate/verdict.ts'
import { refuseForeign, signatureOf, writeVerdict } from '../../gate/verdict-files.ts'
import type { SshPlan } from '../../machine/machine.ts'
import { judgedFiles } from '../../runner/choose-scenarios.ts'
import { guardExit, refuseExit } from '../../runner/exit-guard.ts'
import type { RunSettings } from '../../world/settings.ts'
import type { Given } from '../registry.ts'
import { judgeHost } from './gate-judge.ts'
import { chooseForHost, hostSettings } from './gate-scenarios.ts'
import { targetFor } from './gate-target.ts'
import { afterGo } from './then/after-go.ts'
import { refuseIdle, type ThenAsked, wantedThen } from './then/ways.ts'

interface Asked extends ThenAsked {
  readonly flake?: string
  readonly offline?: true
  readonly verdict?: string
  readonly sign?: string
  readonly valid?: Duration
  readonly allowDirty?: true
  readonly allowImportFromDerivation?: true
}

export async function gate({ words: [host = ''], options }: Given): Promise<number> {
  const asked: Asked = options
  const { level = 'installed' } = asked
  refuseHost(host)
  const file = resolve(asked.verdict ?? `${host}.verdict.json`)
  refuseForeign(file)
  const wanted = wantedThen(host, asked, process.cwd())
  const signer = await signerOf(asked.sign)
  const found = await loadConfig(process.cwd())
  using _exit = guardExit(refuseExit)
  const settings = withTarball(hostSettings(await runSettings(found, asked), host, level), wanted?.kexec ?? asked.kexec)
  const target = targetFor(settings, host, asked.target)
  const installer = await installerFor(target, settings, asked.kexec)
  const locator = flakeLocator(parseLocator(settings.flake ?? '.', settings.projectDir))
  const files = hashesOf(settings.projectDir, judgedFiles(found))
  const scenarios = await chooseForHost(found, settings, { host, locator })
  const then = wanted && (await afterGo(wanted, scenarios, locator))
  // Where this is stopped, an older one must not be taken for its verdict.
  for (const path of [file, signatureOf(file)]) rmSync(path, { force: true })
  const judged = await judgeHost({
    ...{ host, locator, scenarios },
    target,
    isWiped: wanted === undefined || wanted.way === 'install',
    goesBack: wanted?.way === 'switch',
    allowDirty: asked.allowDirty ?? false,
    importFromDerivation: asked.allowImportFromDerivation ?? false,
  })
  refuseChangedFiles(files, hashesOf(settings.projectDir, judgedFiles(found)))
  const document = issue(
    {
      ...judged.evidence,
      host,
      features: { files, tags: found.config.tags ?? null, hash: judged.features },
      ...{ inputs: settings.offline ? 'offline' : 'real', installer },
      signer,
    },
    { level, now: new Date(), valid: asked.valid ?? VALID_BY_DEFAULT, notLookedAt: scenarios.notes },
  )
  const content = canonical(document)
  writeVerdict(file, content, asked.sign === undefined ? undefined : await sign(content, resolve(asked.sign)))
  console.log(`\n${verdictPage(document, file)}`)
  const exitCode = EXIT_CODES[document.word]
  const { folder } = judged
  if (exitCode !== 0 || then === undefined || folder === undefined) return exitCode
  return await then({ document, locator, folder, file })
}

const EXIT_CODES: Readonly<Record<Word, number>> = {
  GO: 0,
  'GO (rehearsal with offline inputs)': 0,
  'NO-GO': 1,
  'COULD NOT CHECK': 3,
}

/** It is looked whether the target has room for it. */
const withTarball = (settings: RunSettings, kexec: string | undefined): RunSettings =>
  kexec === undefined ? settings : { ...settings, aboutTarget: { ...settings.aboutTarget, kexec: resolve(kexec) } }

/** Of the tarball that is judged beside the target. @throws UsageError where there is none, or nothing to start it on */
async function installerFor(target: SshPlan | undefined, { aboutTarget }: RunSettings, asked: string | undefined) {
  if (target === undefined) {
    refuseIdle({ '--kexec': asked }, '--target')
    return null
  }
  const { kexec } = aboutTarget ?? {}
  return kexec === undefined ? null : (await kexecFile(kexec)).sha256
}

function refuseHost(host: string): void {
  if (/^[\w.-]+$/.test(host)) return
  throw refuse({
    what: `"${host}" is no name of a host`,
    expected: 'a name in nixosConfigurations, such as t14',
    got: host,
  })
}

/** What does not sign is found out before anything is judged. @throws UsageError */
async function signerOf(key: string | undefined): Promise<string | null> {
  if (key === undefined) return null
  await sign('a trial', resolve(key))
  return fingerprintOf(resolve(key))
}
