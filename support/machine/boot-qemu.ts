import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Console } from '../console/console.ts'
import { StreamConsole } from '../console/stream-console.ts'
import type { Toolchain } from '../nix/toolchain.ts'
import { type Accelerator, findAccelerator } from './accelerator.ts'
import { bootWithRetry } from './boot-with-retry.ts'
import { ConsoleLine } from './console-line.ts'
import type { Entrance } from './entrance.ts'
import type { MachinePlan, Surroundings } from './machine.ts'
import { secretValue } from './prompt-answer.ts'
import { PromptAnswers } from './prompt-answers.ts'
import { QemuMachine } from './qemu-machine.ts'
import type { Leads } from './qemu-power.ts'

/** What sets the drivers with a QEMU apart. */
export interface QemuSpec {
  readonly plan: MachinePlan
  /** The command line, which must put the console on its standard streams, and what it finds in its environment. */
  start(where: Where): Promise<Start>
  enter(inside: Inside): Entrance
}

/** Where a machine is started: a new folder for everything it writes. */
export interface Where {
  readonly dir: string
  readonly accelerator: Accelerator
  readonly toolchain: Toolchain
}

export interface Start {
  readonly argv: readonly [string, ...string[]]
  readonly env: Readonly<Record<string, string>>
  /** The console shares its line with QEMU's monitor: Ctrl-A is doubled. */
  readonly escapes: boolean
  /** Answers the guest when it asks a terminal for its size. */
  readonly answersAsTerminal?: boolean
}

/** What leads into a machine. */
export interface Inside extends Leads {
  readonly dir: string
  readonly console: Console
}

/** Boots a machine in QEMU, with one more try when QEMU itself breaks down. */
export async function bootQemu(spec: QemuSpec, surroundings: Surroundings): Promise<QemuMachine> {
  const toolchain = await surroundings.toolchain()
  const accelerator = await findAccelerator(toolchain, surroundings.cache)
  if (accelerator.name === 'tcg')
    surroundings.progress.note(`${spec.plan.name} runs under emulation, many times slower: ${accelerator.why}`)
  return bootWithRetry(
    attempt => bootOnce(spec, surroundings, { accelerator, toolchain, attempt }),
    surroundings.progress,
  )
}

async function bootOnce(
  spec: QemuSpec,
  { stateDir, evidenceDir, deadline, signal }: Surroundings,
  { accelerator, toolchain, attempt }: Omit<Where, 'dir'> & { readonly attempt: number },
): Promise<QemuMachine> {
  const { plan } = spec
  const answers = 'answers' in plan ? (plan.answers ?? []) : []
  const secrets = answers.flatMap(each => ('secret' in each ? [secretValue(each.secret, process.env)] : []))
  const dir = join(stateDir, `try${attempt}`)
  await mkdir(dir)
  await mkdir(evidenceDir, { recursive: true })
  const { argv, env, escapes, answersAsTerminal = false } = await spec.start({ dir, accelerator, toolchain })
  const line = new ConsoleLine({ answersAsTerminal, secrets })
  const console = new StreamConsole({
    stream: line,
    transcriptFile: freeName(evidenceDir, plan.name),
    doublesCtrlA: escapes,
  })
  return QemuMachine.boot(
    {
      plan,
      name: plan.name,
      launch: { argv, env, dir, toolchain, kvm: accelerator.name === 'kvm' },
      line,
      console,
      enter: leads => {
        new PromptAnswers(answers, console, leads.bootedAt)
        return spec.enter({ dir, console, ...leads })
      },
      facts: {
        driver: plan.kind,
        ...(plan.kind === 'nixos-shell' ? { toplevel: plan.toplevel } : {}),
        accelerator: accelerator.name,
        acceleratorReason: accelerator.why,
        qemuVersion: toolchain.qemuVersion,
        bootAttempts: attempt,
      },
    },
    deadline,
    signal,
  )
}

/** Another machine of this name, or an earlier try, keeps its transcript. */
function freeName(folder: string, name: string, count = 1): string {
  const file = join(folder, `${name}${count === 1 ? '' : `-${count}`}.console.log`)
  return existsSync(file) ? freeName(folder, name, count + 1) : file
}
