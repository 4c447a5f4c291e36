import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { NotSupported } from '../../core/errors.ts'
import type { HandedFile } from '../../core/values/guest-file.ts'
import { resolveStoreLink } from '../../nix/resolve-link.ts'
import type { MachineTools } from '../../nix/toolchain.ts'
import { AgentAccess } from '../access/agent-access.ts'
import { refuseClosedSsh } from '../access/closed-ssh.ts'
import { openVmSsh } from '../access/vm-ssh.ts'
import type { NixosShellPlan } from '../machine.ts'
import { diskOptions, makeDisks } from '../qemu/added-disks.ts'
import { makeFilesDisk } from '../qemu/files-disk.ts'
import {
  acceleratorOptions,
  agentOptions,
  earlyOptions,
  kernelParameters,
  qmpOptions,
  scriptEnvironment,
} from '../qemu/options.ts'
import { linkStoreImage, storeOptions } from '../store/store-image.ts'
import type { QemuSpec } from '../vm/boot.ts'

/** How QEMU is started for a host with the harness module, and how one gets in. */
export const nixosShellSpec = (plan: NixosShellPlan, handed: readonly HandedFile[] = []): QemuSpec => ({
  plan,
  escapes: true,
  answersAsTerminal: true,
  ...(plan.storeImage ? { store: plan.storeImage } : {}),
  async tools() {
    return { built: true, named: plan.qemu }
  },
  async start({ dir, accelerator, tools, storeImage }) {
    const script = await findScript(plan, tools)
    const text = await readFile(await resolveStoreLink(tools, script), 'utf8')
    const accelerated = acceleratorOptions(text, accelerator)
    const { disks = [] } = plan
    await makeDisks(disks, { dir, tools })
    if (storeImage) await linkStoreImage(storeImage.path, dir)
    const filesDisk = await makeFilesDisk(handed, dir)
    const own = [...agentOptions(dir), ...earlyOptions(text, dir), ...qmpOptions(dir)]
    const store = storeImage ? storeOptions(dir) : []
    const options = [...own, ...store, ...diskOptions(disks, dir), ...filesDisk, ...accelerated]
    return { argv: [script], env: scriptEnvironment(dir, options, kernelParameters(text, accelerator)) }
  },
  openAccess: ({ dir, forward }) =>
    new AgentAccess(dir, async () => {
      refuseClosedSsh(plan.name, plan)
      return openVmSsh({ port: await forward(plan.sshPort ?? 22), user: 'root', identity: plan.identityFile })
    }),
})

/** `bin/run-<name>-vm`; the name is the system's, not the host's in the flake. */
async function findScript({ name, vm }: NixosShellPlan, tools: MachineTools): Promise<string> {
  const names = await readdir(tools.realPath(join(vm, 'bin')))
  const script = names.find(file => /^run-.*-vm$/.test(file))
  if (script !== undefined) return join(vm, 'bin', script)
  throw new NotSupported(`What was built for machine "${name}" has no run-*-vm in its bin folder: ${vm}`)
}
