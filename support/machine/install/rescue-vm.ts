/** The machine that installs a host: a `run-*-vm` of the host's own nixpkgs, entered by credentials, with the disks that are laid out. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { NotSupported } from '../../core/errors.ts'
import type { HandedFile } from '../../core/values/guest-file.ts'
import { resolveStoreLink } from '../../nix/resolve-link.ts'
import { OWN_MACHINE } from '../abilities.ts'
import { AgentAccess } from '../access/agent-access.ts'
import { agentCredentials } from '../access/agent-credentials.ts'
import type { InstalledPlan, MachinePlan } from '../machine.ts'
import { acceleratorOptions, agentOptions, kernelParameters, qmpOptions, scriptEnvironment } from '../qemu/options.ts'
import type { QemuSpec } from '../vm/boot.ts'
import { handedDisk } from './handed-files.ts'
import type { TargetDisk } from './target-disks.ts'
import { targetOptions } from './target-options.ts'

interface Surroundings {
  readonly disks: readonly TargetDisk[]
  /** Where their files lie. */
  readonly targets: string
  readonly cache: string
  readonly handed: readonly HandedFile[]
}

export const rescueSpec = (plan: InstalledPlan, { disks, targets, cache, handed }: Surroundings): QemuSpec =>
  scriptSpec(
    { kind: 'installed', name: `${plan.name}-rescue`, abilities: { ...OWN_MACHINE, keepable: false } },
    {
      ...{ vm: plan.rescue, qemu: plan.qemu, cache },
      more: async dir => [...targetOptions(disks, targets), ...(await handedDisk(handed, dir))],
    },
  )

interface Script {
  /** Store path of what was built for a host with qemu-vm.nix. */
  readonly vm: string
  readonly qemu?: string | undefined
  readonly cache: string
  /** Further arguments of QEMU, by its folder. */
  more?(dir: string): Promise<readonly string[]>
}

/** A `run-*-vm` without the harness, entered by credentials. */
export const scriptSpec = (plan: MachinePlan, { vm, qemu, cache, more }: Script): QemuSpec => ({
  plan,
  escapes: true,
  answersAsTerminal: true,
  tools: async () => ({ built: true, named: qemu }),
  async start({ dir, accelerator, tools }) {
    const folder = join(vm, 'bin')
    const script = (await readdir(tools.realPath(folder))).find(file => /^run-.*-vm$/.test(file))
    if (script === undefined) throw new NotSupported(`What is to run as "${plan.name}" has no run-*-vm in ${folder}`)
    const path = join(folder, script)
    const text = await readFile(await resolveStoreLink(tools, path), 'utf8')
    const options = [
      ...agentOptions(dir),
      ...(await agentCredentials(cache)),
      ...qmpOptions(dir),
      ...((await more?.(dir)) ?? []),
      ...acceleratorOptions(text, accelerator),
    ]
    return { argv: [path], env: scriptEnvironment(dir, options, kernelParameters(text, accelerator)) }
  },
  openAccess: ({ dir }) => new AgentAccess(dir, onlyByAgent(plan.name)),
})

export const onlyByAgent = (name: string) => (): Promise<never> =>
  Promise.reject(new NotSupported(`Machine "${name}" is installed as it is: nothing in it lets nixcumber in by ssh`))
