import { existsSync } from 'node:fs'
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { StreamConsole } from '../../console/stream-console.ts'
import { secretTexts } from '../../core/secrets/handed-secrets.ts'
import { Deadline } from '../../core/time/deadline.ts'
import type { MachineTools } from '../../nix/toolchain.ts'
import type { ToolsNeed } from '../../nix/tools/find-machine-tools.ts'
import { abilitiesOf } from '../abilities.ts'
import type { GuestAccess, GuestContext, GuestLinks } from '../access/guest-access.ts'
import { PromptResponder } from '../console/prompt-responder.ts'
import { SerialLine } from '../console/serial-line.ts'
import type { BootContext, MachinePlan } from '../machine.ts'
import { notAskedBy, type PromptAnswer, refusedBy, type Secret, secretValue } from '../prompt-answer.ts'
import { type Accelerator, findAccelerator } from '../qemu/accelerator.ts'
import { foreignSystem } from '../qemu/foreign-system.ts'
import { consoleFile, type SnapshotFiles } from '../snapshot/snapshot-files.ts'
import { type PlannedStoreImage, type StoreImageFile, storeImage, useStoreImage } from '../store/store-image.ts'
import { bootWithRetry } from './boot-with-retry.ts'
import { QemuMachine, type QemuMachineParts } from './qemu-machine.ts'
import { cacheFolderOf, cacheKey, resumeOrBoot } from './snapshot-cache.ts'

/** What sets the drivers with a QEMU apart. */
export interface QemuSpec {
  readonly plan: MachinePlan
  /** The console shares its line with QEMU's monitor: Ctrl-A is doubled. */
  readonly escapes: boolean
  /** Answers the guest when it asks a terminal for its size. */
  readonly answersAsTerminal?: boolean
  /** Typed at its console when it asks, and no secret: it is kept all the same. */
  readonly answers?: readonly PromptAnswer[]
  /** The image of its store, made before the first of its machines boots. */
  readonly store?: PlannedStoreImage
  tools(): Promise<ToolsNeed>
  /** What must be done before it can boot, in its own time: a machine that was kept needs none of it. */
  prepare?(where: Omit<BootTarget, 'dir' | 'storeImage'>): Promise<void>
  /** The command line, which must put the console on its standard streams, and what it finds in its environment. */
  start(where: BootTarget): Promise<QemuStart>
  openAccess(inside: GuestContext): GuestAccess
}

/** Where a machine is started: a new folder for everything it writes. */
export interface BootTarget {
  readonly dir: string
  readonly accelerator: Accelerator
  readonly tools: MachineTools
  readonly storeImage?: StoreImageFile
}

export interface QemuStart {
  readonly argv: readonly [string, ...string[]]
  readonly env: Readonly<Record<string, string>>
}

/** A machine in QEMU: one that an earlier run has kept, or booted, with one more try when QEMU itself breaks down. */
export async function bootQemu(spec: QemuSpec, context: BootContext): Promise<QemuMachine> {
  const { progress, cache, coldBoot: anew = false } = context
  const { plan } = spec
  const tools = await context.machineTools(await spec.tools())
  const accelerator = foreignSystem(plan.system) ?? (await findAccelerator(tools, cache))
  if (accelerator.name === 'tcg')
    progress.note(`${plan.name} runs under emulation, many times slower: ${accelerator.why}`)
  const boot = async (): Promise<QemuMachine> => {
    const store = await storeOf(spec, context, tools)
    const where = { accelerator, tools, ...store }
    await spec.prepare?.(where)
    return bootWithRetry(attempt => bootOnce(spec, withFreshDeadline(context), { ...where, attempt }), progress)
  }
  // What was handed over is in the memory of the machine, and that is kept on no disk.
  // What is in the folder of an image may change, and its console's login is in the state; and a feature that answers prompts wants to see
  // them asked, and what a secret has unlocked stays on no disk: those boot each time.
  if (plan.files?.length) progress.note(bootsEachTime(plan))
  if (!abilitiesOf(plan).keepable || anew || plan.answers?.length || plan.files?.length) return boot()
  return resumeOrBoot({
    as: cacheKey(cache, plan, { accelerator, qemu: `${tools.origin} ${tools.qemuVersion}` }),
    name: plan.name,
    progress,
    boot,
    signal: context.signal,
    async resume(state) {
      if (spec.store) await useStoreImage(spec.store, cache)
      return resumeOnce(spec, withFreshDeadline(context), { accelerator, tools }, state)
    },
  })
}

async function storeOf({ plan, store }: QemuSpec, context: BootContext, tools: MachineTools) {
  return store && { storeImage: await storeImage(plan.name, store, { ...context, tools }) }
}

/** The time that it may take is its own: not that of its tools, of another run's boot that was waited for, or of a first try. */
const withFreshDeadline = (context: BootContext): BootContext => ({
  ...context,
  deadline: Deadline.after(context.deadline.budget),
})

type Attempt = Omit<BootTarget, 'dir'> & { readonly attempt: number }

async function bootOnce(spec: QemuSpec, context: BootContext, where: Attempt): Promise<QemuMachine> {
  const home = await newHome(context.runtimeDir, `try${where.attempt}`)
  await mkdir(cacheFolderOf(context.cache), { recursive: true, mode: 0o700 })
  const dir = join(home, 'q')
  const start = await spec.start({ ...where, dir })
  const responders: PromptResponder[] = []
  const parts = await assemble(spec, context, {
    home,
    launch: { ...start, ...launchOf(where, dir), writable: [cacheFolderOf(context.cache)] },
    facts: { bootAttempts: where.attempt, ...factsOf(spec, where, start.env) },
    onEnter: responder => void responders.push(responder),
  })
  const machine = await QemuMachine.boot(parts, context.deadline, context.signal)
  const unasked = responders.at(-1)?.unasked ?? []
  for (const answer of answersOf(spec.plan))
    if (unasked.includes(answer)) context.progress.note(notAskedBy(spec.plan.name, answer))
  return machine
}

async function resumeOnce(
  spec: QemuSpec,
  context: BootContext,
  where: Omit<BootTarget, 'dir'>,
  state: SnapshotFiles,
): Promise<QemuMachine> {
  const home = await newHome(context.runtimeDir, 'resumed')
  const dir = join(home, 'q')
  const parts = await assemble(spec, context, {
    home,
    // Nothing is started by it: a resumed machine knows how it was.
    launch: { ...state.about.command, ...launchOf(where, dir) },
    before: await readFile(consoleFile(state.folder), 'utf8'),
    facts: factsOf(spec, where, state.about.command.env),
  })
  return QemuMachine.resume(parts, state, context.deadline, context.signal)
}

async function newHome(runtimeDir: string, name: string): Promise<string> {
  const home = join(runtimeDir, name)
  await mkdir(join(home, 'q'), { recursive: true })
  return home
}

interface Assembly extends Pick<QemuMachineParts, 'home' | 'launch' | 'facts'> {
  readonly before?: string
  readonly onEnter?: (responder: PromptResponder) => void
}

async function assemble(
  { plan, escapes, answersAsTerminal = false, answers: own = [], openAccess: enter }: QemuSpec,
  { evidenceDir, progress, handed = [] }: BootContext,
  { before = '', onEnter, ...rest }: Assembly,
): Promise<QemuMachineParts> {
  await mkdir(evidenceDir, { recursive: true })
  const answers = [...own, ...answersOf(plan)]
  const typed = secretsOf(plan).map(name => secretValue(name, process.env))
  const secrets = [...typed, ...handed.flatMap(({ content }) => secretTexts(content))]
  const line = new SerialLine({ answersAsTerminal, secrets })
  const console = new StreamConsole({
    stream: line,
    transcriptFile: freeName(evidenceDir, plan.name),
    doublesCtrlA: escapes,
    before,
  })
  const heard = console.position
  const { dir } = rest.launch
  const goIn = (leads: GuestLinks): GuestAccess => {
    const { bootedAt } = leads
    const onRefused = (secret: Secret): void => progress.note(refusedBy(plan.name, secret))
    onEnter?.(new PromptResponder(answers, console, { bootedAt, heard, onRefused }))
    return enter({ dir, console, ...leads })
  }
  return { ...rest, plan, name: plan.name, guestAddress: plan.guestAddress, answers, line, console, enter: goIn }
}

const bootsEachTime = ({ name, files = [] }: MachinePlan): string =>
  `${files.join(', ')} ${files.length === 1 ? 'is' : 'are'} handed over to ${name}: it boots anew in each run, and its disks and states are kept in memory only`

const launchOf = ({ tools, accelerator }: Omit<BootTarget, 'dir'>, dir: string) =>
  ({ dir, tools, kvm: accelerator.name === 'kvm' }) as const

const factsOf = (
  { plan }: QemuSpec,
  { accelerator, tools, storeImage: store }: Omit<BootTarget, 'dir'>,
  { QEMU_KERNEL_PARAMS: kernelParameters }: QemuStart['env'],
) => ({
  driver: plan.kind,
  ...(plan.toplevel === undefined ? {} : { toplevel: plan.toplevel }),
  accelerator: accelerator.name,
  acceleratorReason: accelerator.why,
  qemuVersion: tools.qemuVersion,
  ...(kernelParameters === undefined ? {} : { kernelParameters }),
  ...(store ? { storeImage: store.about } : {}),
})

const answersOf = (plan: MachinePlan): readonly PromptAnswer[] => ('answers' in plan ? (plan.answers ?? []) : [])

/** Names of the variables that hold them. */
const secretsOf = (plan: MachinePlan): string[] =>
  answersOf(plan).flatMap(answer => ('secret' in answer ? [answer.secret] : []))

/** Another machine of this name, or an earlier try, keeps its transcript. */
function freeName(folder: string, name: string, count = 1): string {
  const file = join(folder, `${name}${count === 1 ? '' : `-${count}`}.console.log`)
  return existsSync(file) ? freeName(folder, name, count + 1) : file
}
