/** All that an installation acts and looks with: one way to the target, by one host key, for everything. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Progress } from '../../../core/progress.ts'
import { minutes } from '../../../core/time/duration.ts'
import { confirm } from '../../../deploy/confirm.ts'
import type { AnywhereRun } from '../../../deploy/install/anywhere/phases.ts'
import { onlyTarget, sshFirst } from '../../../deploy/install/anywhere/ssh-first.ts'
import { asRoot, connect, pinned, type Telling } from '../../../deploy/install/connect.ts'
import type { Finding } from '../../../deploy/install/findings.ts'
import type { As, Installing } from '../../../deploy/install/install.ts'
import { kexecFile } from '../../../deploy/install/kexec-file.ts'
import type { OwnSsh } from '../../../deploy/own-ssh.ts'
import { TARGET } from '../../../deploy/ssh-config.ts'
import type { Stages } from '../../../deploy/stages.ts'
import { contents } from '../../../gate/binding.ts'
import type { OpenFlake } from '../../../gate/open-flake.ts'
import type { SshPlan } from '../../../machine/machine.ts'
import { hostInputs } from '../gate-host-inputs.ts'
import { installDeed } from './install-deed.ts'
import { lookFor, type SeenOnDisk } from './install-look.ts'
import type { PreparedInstall } from './install-prepare.ts'
import type { Judged } from './prepared.ts'

/** How long it may take to come back: the firmware of a server takes minutes. */
const WITHIN = minutes(15)

interface Bound {
  readonly path: string
  readonly contents: string
}

export interface Means {
  readonly prepared: PreparedInstall
  readonly judged: Judged & { readonly diskScript: Bound }
  readonly ssh: OwnSsh
  readonly stages: Stages
  readonly flake: OpenFlake
  readonly progress: Progress
  readonly audit: NonNullable<Telling['audit']>
}

export async function installing(means: Means): Promise<Installing<SeenOnDisk>> {
  const { prepared, judged, ssh, stages, flake, progress, audit } = means
  const { document, diskScript } = judged
  const settings = { ...prepared.live.settings, target: prepared.plan }
  const host = await hostInputs(flake, { host: prepared.host, built: { ...document, diskScript }, settings, progress })
  await keep(flake, [document.toplevel, diskScript])
  const telling = { progress, cache: settings.cacheDir, audit }
  const plans: Readonly<Record<As, SshPlan>> = { owner: pinned(prepared.plan, ssh), root: asRoot(prepared.plan, ssh) }
  return {
    ...{ stages, address: ssh.address, within: WITHIN, rescue: rescueOf(means), system: document.toplevel },
    ...(prepared.tarball === undefined ? {} : { kexec: prepared.tarball }),
    run: await anywhereRun(means, settings.cacheDir),
    async look(as) {
      const seen = await lookFor(plans[as], { document, host, look: telling })
      const here = [...(await ofStore(flake, [document.toplevel, diskScript])), ...(await ofTarball(means))]
      return { ...seen, findings: [...seen.findings, ...here] }
    },
    confirm: seen => ask(means, seen),
    connect: as => connect(plans[as], telling),
  }
}

/** Until all is over, whatever Nix's garbage collector does. */
async function keep({ nix, scratch }: OpenFlake, bound: readonly Bound[]): Promise<void> {
  for (const [i, { path }] of bound.entries())
    await nix.keep(path, join(scratch, `bound-${i}`), { subject: `${path} is not in the store any more` })
}

/** Where all that is said lies beside the other evidence of the run. */
async function anywhereRun({ prepared, judged, ssh, flake }: Means, cacheDir: string): Promise<AnywhereRun> {
  const folder = join(judged.folder, 'evidence', 'install')
  await mkdir(folder, { recursive: true })
  const { bin } = await sshFirst(folder, onlyTarget(ssh))
  const { identity } = prepared.plan
  return {
    ...{ anywhere: prepared.anywhere, programs: flake.nix.toolchain, folder, bin, target: `${ssh.user}@${TARGET}` },
    ...{ diskScript: judged.diskScript.path, toplevel: judged.document.toplevel.path, cacheDir },
    ...(identity === undefined ? {} : { identity }),
  }
}

/** What is copied from the store is still what was judged. */
async function ofStore({ nix }: OpenFlake, bound: readonly Bound[]): Promise<Finding[]> {
  return Promise.all(
    bound.map(async ({ path, contents: wanted }) => {
      const found = await contents(nix, path)
      return { what: `contents of ${path}`, outcome: found === wanted ? 'held' : 'not held', said: found }
    }),
  )
}

/** The file is read again, before it is started and after. */
async function ofTarball({ prepared: { tarball }, judged: { document } }: Means): Promise<Finding[]> {
  if (tarball === undefined) return []
  const { file, sha256 } = await kexecFile(tarball.file)
  return [{ what: `contents of ${file}`, outcome: sha256 === document.installer ? 'held' : 'not held', said: sha256 }]
}

const ask = ({ prepared, judged, ssh }: Means, seen: SeenOnDisk): Promise<void> =>
  confirm(installDeed(prepared, judged, ssh, seen), {
    ...(prepared.yes === undefined ? {} : { yes: prepared.yes }),
    input: process.stdin,
    show: text => console.log(`\n${text}`),
  })

/** When it does not come back. Its disks hold what is bound: what is missing lies between firmware and network. */
const rescueOf = ({ prepared: { host }, judged: { folder } }: Means): string[] => [
  'its own console, at the provider or on the machine: what stage 1 and systemd say last',
  `how the same system came up on virtual disks, to be held beside it: ${join(folder, 'evidence')}`,
  `the same again, to be entered: a feature with Given machine "${host}" is installed, and nixcumber run --keep`,
  'from a rescue system: mount its file systems at /mnt, and nixos-enter --root /mnt; its journal: journalctl --directory /mnt/var/log/journal',
]
