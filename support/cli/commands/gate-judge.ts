/** The work of the gate: a host's system is bound and built, judged, and looked at again. */
import { EnvironmentBroken } from '../../core/errors.ts'
import { rows } from '../../core/text/text.ts'
import { version } from '../../core/version.ts'
import type { FlakeLocator } from '../../flake/locator.ts'
import { boundFlake, buildBound } from '../../gate/binding.ts'
import { ofFlake, ofSystem } from '../../gate/differences.ts'
import { type OpenFlake, openFlake } from '../../gate/open-flake.ts'
import { nothingRun, runEvidence } from '../../gate/run-evidence.ts'
import type { VerdictDocument } from '../../gate/verdict.ts'
import type { SshPlan } from '../../machine/machine.ts'
import { Terminal } from '../../report/terminal/terminal.ts'
import { carryOut } from '../../runner/carry-out.ts'
import { onInterrupt } from '../../runner/interrupt.ts'
import { hostInputs } from './gate-host-inputs.ts'
import type { HostScenarios } from './gate-scenarios.ts'
import { lookAgain, lookFor } from './gate-target.ts'

interface Judging {
  readonly host: string
  readonly allowDirty: boolean
  readonly importFromDerivation: boolean
  readonly locator: FlakeLocator
  readonly scenarios: HostScenarios
  /** The machine that is to be wiped. */
  readonly target: SshPlan | undefined
  /** It is to be wiped, and not only switched to the system. */
  readonly isWiped: boolean
  /** It goes back by itself, unless its features hold there. */
  readonly goesBack: boolean
}

type JudgedEvidence = Pick<
  VerdictDocument,
  'flake' | 'toplevel' | 'diskScript' | 'bootLoaders' | 'disks' | 'results' | 'machines' | 'target' | 'versions'
>

/** Bound before the features run, and looked at again afterwards: what was judged is what is bound. */
export async function judgeHost({
  host,
  locator,
  scenarios,
  target,
  isWiped,
  goesBack,
  ...allowed
}: Judging): Promise<{ evidence: JudgedEvidence; features: string; folder: string | undefined }> {
  const { settings, found, choice } = scenarios
  const { importFromDerivation, allowDirty } = allowed
  const terminal = new Terminal()
  using flake = await openFlake({ ...settings, locator, strict: { importFromDerivation }, progress: terminal })
  const { offline } = settings
  // What is out of reach is told before anything is built.
  const first = target && (await lookFor(target, settings, terminal))
  const before = await bind(flake, host, offline, terminal)
  const inputs = target && {
    ...(await hostInputs(flake, { host, built: before.built, settings, progress: terminal })),
    ...{ wiped: isWiped, goesBack },
  }
  terminal.close()
  const run =
    choice === undefined
      ? undefined
      : await carryOut({ asked: {}, found, settings, choice, notes: [], isPartOfGate: true })
  const about = {
    names: scenarios.names,
    toplevel: before.built.toplevel.path,
    waivers: found.config.waivers ?? [],
    now: new Date(),
  }
  const said = run === undefined ? nothingRun() : await runEvidence(run.folder, about)
  await refuseChanged(flake, host, offline, before)
  const { bootLoaders, disks } = before.system
  const bound = first && inputs && (await lookAgain(first, { settings, disks, inputs, target, progress: terminal }))
  return {
    evidence: {
      flake: { ...before.flake, dirtyAllowed: allowDirty, importFromDerivation },
      ...before.built,
      ...{
        bootLoaders: [...bootLoaders],
        disks,
        results: said.results,
        machines: said.machines,
        target: bound ?? null,
      },
      versions: { nixcumber: version(), nix: flake.nix.toolchain.nixVersion, qemu: said.qemu },
    },
    features: said.features,
    folder: run?.folder,
  }
}

type Bound = Awaited<ReturnType<typeof bind>>

async function bind({ nix, scratch, subject }: OpenFlake, host: string, offline: boolean, terminal: Terminal) {
  using _interrupt = onInterrupt(async exitCode => exitCode)
  const asked = subject()
  const task = terminal.start(`building the system of ${host}`)
  try {
    const [flake, system] = [await boundFlake(asked, nix, offline), await asked.bound(host)]
    const settings = await asked.settings()
    return { flake, system, built: await buildBound(system, nix, { host, links: scratch, settings }) }
  } finally {
    task.done()
  }
}

/** @throws EnvironmentBroken: no word can be said of what is neither the one nor the other */
async function refuseChanged(
  { nix, subject }: OpenFlake,
  host: string,
  offline: boolean,
  before: Bound,
): Promise<void> {
  const now = subject()
  const flake = { ...before.flake, dirtyAllowed: true, importFromDerivation: false }
  const differences = [
    ...ofFlake({ flake }, await boundFlake(now, nix, offline)),
    ...ofSystem({ ...before.system, ...before.built }, await now.bound(host)),
  ]
  if (differences.length === 0) return
  throw new EnvironmentBroken(
    `The flake was changed while it was judged: there is no verdict\n${rows({
      Got: differences.map(({ what, expected, found }) => `${what}: ${expected}, then ${found}`).join('\n'),
      Next: 'judge a folder that is under git, where what a run writes does not count',
    })}`.trimEnd(),
  )
}
