/** `nixcumber verify`: whether a verdict holds for what is there now, cheapest first. */
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { type FoundConfig, loadConfig } from '../../config/config.ts'
import { type RunOptions, runSettings } from '../../config/run-settings.ts'
import type { Progress } from '../../core/progress.ts'
import { kexecFile } from '../../deploy/install/kexec-file.ts'
import { ownFolder, parseLocator } from '../../flake/locator.ts'
import { boundFlake, contents, flakeLocator } from '../../gate/binding.ts'
import { parseVerdict } from '../../gate/canonical.ts'
import { ofDocument } from '../../gate/differences.ts'
import { hashesOf } from '../../gate/feature-files.ts'
import { openFlake } from '../../gate/open-flake.ts'
import { verifiedJson, verifiedPage } from '../../gate/page.ts'
import { checkSignature } from '../../gate/signature.ts'
import { trustedSigners } from '../../gate/trusted.ts'
import type { VerdictDocument } from '../../gate/verdict.ts'
import { readVerdictFile } from '../../gate/verdict-files.ts'
import { type Anew, exitCodeOf, type Verified, verifyAnew } from '../../gate/verify.ts'
import { judgedFiles } from '../../runner/choose-scenarios.ts'
import { onInterrupt } from '../../runner/interrupt.ts'
import type { RunSettings } from '../../world/settings.ts'
import type { Given } from '../registry.ts'
import { targetFor, targetNow } from './gate-target.ts'

interface Asked extends Pick<RunOptions, 'flake' | 'offline' | 'target'> {
  readonly host?: string
  readonly level?: 'vm' | 'installed'
  readonly allowedSigners?: string
  readonly revokedSigners?: string
  readonly kexec?: string
  readonly json?: true
}

export async function verify({ words: [name = ''], options }: Given): Promise<number> {
  const asked: Asked = options
  const { content, signature } = readVerdictFile(resolve(name))
  const document = parseVerdict(content, name)
  const found = await loadConfig(process.cwd())
  // What is a GO says the call, and never a file of the project.
  const settings = { ...(await runSettings(found, asked)), offline: asked.offline ?? false }
  const said = await check(document, { content, signature, asked, found, settings })
  const exitCode = exitCodeOf(said.verified)
  const trusted = said.trusted ? document : undefined
  console.log(asked.json ? verifiedJson(said.verified, exitCode, trusted) : verifiedPage(said.verified, name, trusted))
  return exitCode
}

interface Checking {
  readonly content: string
  readonly signature: string | undefined
  readonly asked: Asked
  readonly found: FoundConfig
  readonly settings: RunSettings
}

interface Checked {
  readonly verified: Verified
  /** Its signature is good: what it says may be shown. */
  readonly trusted: boolean
}

/** Nothing of the flake is evaluated for a document that is not good by itself. */
async function check(document: VerdictDocument, checking: Checking): Promise<Checked> {
  const { content, signature, asked, settings } = checking
  const signed = await checkSigned(content, signature, checking)
  if (!signed.good)
    return { trusted: false, verified: different('signature', 'good, by an allowed signer', signed.why) }
  const own = ofDocument(document, {
    now: new Date(),
    host: asked.host,
    level: asked.level === 'vm' ? 'vm' : undefined,
    offline: settings.offline,
    target: targetFor(settings, document.host, asked.target) !== undefined,
    fingerprint: signed.fingerprint,
  })
  if (own.length > 0) return { trusted: true, verified: { differences: own, unchecked: [] } }
  return { trusted: true, verified: await checkAnew(document, checking) }
}

const different = (what: string, expected: string, found: string): Verified => ({
  differences: [{ what, expected, found }],
  unchecked: [],
})

function checkSigned(content: string, signature: string | undefined, { asked, settings }: Checking) {
  const own = ownFolder(flakeLocator(parseLocator(settings.flake ?? '.', settings.projectDir)))
  const judged = own !== undefined && existsSync(own) ? [own] : []
  const { allowedSigners: allowed, revokedSigners: revoked } = asked
  if (signature === undefined) return { good: false as const, why: 'unsigned: there is no .sig beside it' }
  return checkSignature(content, signature, trustedSigners({ allowed, revoked, judged }))
}

async function checkAnew(document: VerdictDocument, { asked, found, settings }: Checking): Promise<Verified> {
  const locator = flakeLocator(parseLocator(settings.flake ?? '.', settings.projectDir))
  const { importFromDerivation } = document.flake
  using _interrupt = onInterrupt(async exitCode => exitCode)
  using flake = await openFlake({ ...settings, locator, strict: { importFromDerivation }, progress })
  const subject = flake.subject()
  const target = targetFor(settings, document.host, asked.target)
  const kexec = tarballFor(document, settings, asked.kexec)
  const anew: Anew = {
    flake: () => boundFlake(subject, flake.nix, settings.offline),
    system: host => subject.bound(host),
    contents: path => contents(flake.nix, path),
    features: () => ({ files: hashesOf(settings.projectDir, judgedFiles(found)), tags: found.config.tags ?? null }),
    ...(kexec === undefined ? {} : { installer: async () => (await kexecFile(kexec)).sha256 }),
    ...(target === undefined ? {} : { target: () => targetNow(document, target, { flake, settings, progress }) }),
  }
  return await verifyAnew(document, anew)
}

/** One that only the configuration names is looked at where one is bound. */
function tarballFor({ installer }: VerdictDocument, { aboutTarget }: RunSettings, asked: string | undefined) {
  if (asked !== undefined) return resolve(asked)
  return installer === null ? undefined : aboutTarget?.kexec
}

// Standard output is for the answer alone.
const progress: Progress = {
  start: () => ({ update() {}, done() {} }),
  note: text => console.error(`! ${text}`),
}
