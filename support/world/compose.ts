/** Makes the context of a run. What is heavy is loaded and made when first asked for: a dry run needs none of it. */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Progress } from '../core/progress.ts'
import { refuse } from '../core/refusal.ts'
import { withoutHanded } from '../core/secrets/redact.ts'
import { systemClock } from '../core/time/clock.ts'
import { minutes } from '../core/time/duration.ts'
import { Flakes } from '../flake/flakes.ts'
import { abilitiesOf } from '../machine/abilities.ts'
import { MachinePool } from '../machine/pool/pool.ts'
import type { MachineTools } from '../nix/toolchain.ts'
import type { ToolsNeed } from '../nix/tools/find-machine-tools.ts'
import { auditTo } from '../record/audit.ts'
import type { RunRecord } from '../record/run/run-record.ts'
import type { RunContext } from './context.ts'
import { FactsKeeper } from './facts/facts-keeper.ts'
import { PrivateNetwork } from './network/private-network.ts'
import type { Pause } from './pause/pause.ts'
import type { HandedFiles } from './secrets/handed-files.ts'
import type { RunSettings } from './settings.ts'
import { RunTarget } from './target/run-target.ts'

export interface CompositionParts {
  readonly settings: RunSettings
  readonly progress: Progress
  readonly record: RunRecord
  readonly pause?: Pause
  /** None in a run that only looks at the steps. */
  readonly handed?: HandedFiles
  /** A folder of its own among the record's, where several processes write to one record. */
  readonly part?: string
}

/** How long a machine may take to be ready: ten times what was seen under emulation with a busy runner. */
const BOOT_BUDGET = minutes(8)

/** A context that can be ended: afterwards no machine of it runs, unless they are kept. */
export type OwnedContext = RunContext & AsyncDisposable & { readonly facts: FactsKeeper }

export function composeContext({
  settings,
  progress: shown,
  record,
  part = '',
  pause,
  handed,
}: CompositionParts): OwnedContext {
  const progress = recordedProgress(shown, record)
  const scratch = join(record.folder, 'work', part)
  const toolchain = once(async () => {
    const { findToolchain } = await import('../nix/tools/find-toolchain.ts')
    return findToolchain({ offline: settings.offline, progress, cache: settings.cacheDir })
  })
  const flakes = new Flakes({
    ...settings,
    scratch,
    logDir: join(record.folder, 'evidence', part, 'nix'),
    progress,
    toolchain,
  })
  const machineTools = async (need: ToolsNeed): Promise<MachineTools> => {
    const { findMachineTools } = await import('../nix/tools/find-machine-tools.ts')
    const fromFlake = () => flakes.qemu()
    return findMachineTools({ ...settings, cache: settings.cacheDir, progress, toolchain, fromFlake }, need)
  }
  const { over, cacheDir: cache } = settings
  const factsKeeper = new FactsKeeper({ record, progress, cache, ...(over ? { over } : {}) })
  const machines = new MachinePool({
    progress,
    evidenceDir: join(record.folder, 'evidence', part, 'machines'),
    cache: settings.cacheDir,
    handed: name => handed?.of(name) ?? [],
    bootBudget: BOOT_BUDGET,
    audit: auditTo(record.folder),
    // Workers side by side need the cores themselves.
    standbys: part === '',
    machineTools,
    onReady: machine => {
      const { name, plan, preferred, facts } = machine
      record.machine(name, { driver: plan.kind, transport: settings.over ?? preferred, ...facts })
      if (plan.toplevel !== undefined) record.toplevel(name, plan.toplevel)
      if (settings.facts !== false) factsKeeper.begin(machine)
    },
  })
  for (const { plan, allow } of Object.values(settings.machines))
    if (plan) machines.register(abilitiesOf(plan).guarded && allow.length === 0 ? { ...plan, looksOnly: true } : plan)
  const network = new PrivateNetwork(systemClock, seedOf(process.env.NIXCUMBER_SEED))
  return {
    settings,
    clock: systemClock,
    progress,
    record,
    toolchain,
    flakes,
    machines,
    facts: factsKeeper,
    network,
    target: new RunTarget({
      folder: record.folder,
      progress,
      cache,
      ...(settings.target ? { plan: settings.target } : {}),
    }),
    ...(pause ? { pause } : {}),
    async [Symbol.asyncDispose]() {
      await factsKeeper.end()
      await machines[Symbol.asyncDispose]()
      network[Symbol.dispose]()
      if (!settings.keep) await rm(scratch, { recursive: true, force: true })
    },
  }
}

/** Notes are for the report as well as for the eye. */
const recordedProgress = (progress: Progress, record: RunRecord): Progress => ({
  start: (what, kind) => progress.start(what, kind),
  note(text) {
    record.note(text)
    progress.note(withoutHanded(text))
  },
})

/** Of the packets that a link loses; another one for each run unless the user repeats one by its seed. */
function seedOf(given: string | undefined): number | undefined {
  if (given === undefined || /^\d{1,10}$/.test(given)) return given === undefined ? undefined : Number(given)
  throw refuse({ what: `NIXCUMBER_SEED="${given}" is no seed`, expected: 'a number, as an earlier report shows it' })
}

function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | undefined
  return () => {
    made ??= make()
    return made
  }
}
