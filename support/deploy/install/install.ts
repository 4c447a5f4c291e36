/** A host is installed on a real target by nixos-anywhere, phase by phase; between them it is looked at, and nothing goes on that is not as it should be. */
import { EnvironmentBroken, errorFor } from '../../core/errors.ts'
import { rows } from '../../core/text/text.ts'
import { type Duration, minutes } from '../../core/time/duration.ts'
import type { Shell } from '../../shell/shell.ts'
import type { Stages } from '../stages.ts'
import { type AnywhereRun, runPhases } from './anywhere/phases.ts'
import { type Finding, failing } from './findings.ts'
import { type KexecFile, withoutKexecFile } from './kexec-file.ts'
import { lookAtMounted } from './mounted/mounted.ts'
import { type Running, runningNow, untilReturned } from './returned.ts'
import { DISKO, INSPECT, INSTALL, KEXEC, LOOK_AGAIN, REBOOT, RETURN, VERIFY } from './states.ts'

/** Of one phase: a tarball, a disk script, a whole system over a slow line. */
const BOUNDS = { kexec: minutes(30), disko: minutes(30), install: minutes(90), reboot: minutes(5) } as const

/** What is seen of the target at one look, held against the verdict. */
export interface Seen {
  /** Whether it is a NixOS installer already. @see isInstaller */
  readonly installer: boolean
  /** What it is, in its own words: `debian, rescue`. */
  readonly said: string
  /** Differences from the verdict, and what could not be looked at. */
  readonly findings: readonly Finding[]
}

/** @typeParam Looked what a look has seen, besides */
export interface Installing<Looked extends Seen = Seen> {
  readonly stages: Stages
  readonly run: AnywhereRun
  /** What is bound: path, and contents of the closure. */
  readonly system: { readonly path: string; readonly contents: string }
  /** `root@192.0.2.4:22`. */
  readonly address: string
  readonly kexec?: KexecFile
  /** How long it may take to come back. */
  readonly within: Duration
  readonly rescue: readonly string[]
  /** Holds the verdict against the store and the target, as it is now. */
  look(as: As): Promise<Looked>
  /** Shows what is about to happen, and asks. @throws UsageError */
  confirm(seen: Looked): Promise<void>
  /** A connection of its own. */
  connect(as: As): Promise<Shell>
}

/** Its owner logs in as before; the installer is root's. In both it is known by the announced key alone. */
export type As = 'root' | 'owner'

/** @throws the error of the stage that fails, which says in which state the target is. @returns the boot of what was installed */
export async function installHost<Looked extends Seen>(it: Installing<Looked>): Promise<Running> {
  const { stages, run } = it
  const first = await stages.go({ ...VERIFY, run: () => lookedAt(it, 'owner') })
  if (!first.installer && it.kexec === undefined) throw withoutKexecFile(first.said)
  await it.confirm(first)
  if (!first.installer) await stages.go({ ...KEXEC, run: task => kexec(it, task) })
  const before = await stages.go({ ...LOOK_AGAIN, run: () => inInstaller(it) })
  await stages.go({ ...DISKO, run: task => runPhases(run, ['disko'], { within: BOUNDS.disko, flags: EXACT, task }) })
  await stages.go({ ...INSTALL, run: task => install(it, task) })
  await stages.go({ ...INSPECT, run: () => inspect(it) })
  await stages.go({ ...REBOOT, run: task => runPhases(run, ['reboot'], { within: BOUNDS.reboot, task }) })
  return stages.go({ ...RETURN, run: () => comeBack(it, before) })
}

/** The target takes nothing for the same path from elsewhere: a path does not bind what lies there. */
const EXACT = ['--no-substitute-on-destination']

type Task = Parameters<typeof runPhases>[2]['task']

const kexec = ({ run, kexec: tarball }: Pick<Installing, 'run' | 'kexec'>, task: Task): Promise<void> =>
  runPhases(run, ['kexec'], { within: BOUNDS.kexec, flags: ['--kexec', tarball?.file ?? ''], task })

/** The keys that the installer has are those that were announced. */
const install = ({ run }: Pick<Installing, 'run'>, task: Task): Promise<void> =>
  runPhases(run, ['install'], { within: BOUNDS.install, flags: [...EXACT, '--copy-host-keys'], task })

async function lookedAt<Looked extends Seen>(it: Pick<Installing<Looked>, 'look'>, as: As): Promise<Looked> {
  const seen = await it.look(as)
  refuseFindings('The target is not as the verdict has it', seen.findings)
  return seen
}

async function inInstaller(it: Pick<Installing, 'look' | 'connect'>): Promise<Running> {
  const seen = await lookedAt(it, 'root')
  if (!seen.installer) throw new EnvironmentBroken(`The target does not run a NixOS installer, but ${seen.said}`)
  await using shell = await it.connect('root')
  return await runningNow(shell)
}

async function inspect(it: Pick<Installing, 'connect' | 'system'>): Promise<void> {
  await using shell = await it.connect('root')
  refuseFindings('What was installed is not what is bound', await lookAtMounted(shell, it.system))
}

function comeBack(it: Omit<Installing, 'look' | 'confirm'>, before: Running): Promise<Running> {
  const { address, within, rescue, system } = it
  return untilReturned({
    ...{ subject: `The target at ${address}`, before, system: system.path, within, rescue },
    async look(attempt) {
      await using shell = await it.connect('owner')
      return await runningNow(shell, attempt)
    },
  })
}

/** @throws ExpectationNotMet for what is not so; EnvironmentBroken where it could not be told */
function refuseFindings(what: string, findings: readonly Finding[]): void {
  const [differs, unknown] = [failing(findings, 'not held'), failing(findings, 'unknown')]
  if (differs.length + unknown.length === 0) return
  const told = rows({ 'Not so': differs.join('\n'), 'Not to be seen': unknown.join('\n') })
  throw errorFor(differs.length > 0 ? 1 : 3, `${what}\n${told}`.trimEnd())
}
