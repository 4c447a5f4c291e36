/** After a GO: the judged system is brought onto its target, once the name of the host was said. */
import { join } from 'node:path'
import type { Progress } from '../../../core/progress.ts'
import { seconds } from '../../../core/time/duration.ts'
import { confirm } from '../../../deploy/confirm.ts'
import { copyClosure, proveContents } from '../../../deploy/copy-closure.ts'
import { type DeployTarget, openTarget } from '../../../deploy/deploy-target.ts'
import { mountedDisks, refuseMissingDisks } from '../../../deploy/mounted-disks.ts'
import { onlyOne } from '../../../deploy/only-one.ts'
import { Stages } from '../../../deploy/stages.ts'
import { parseRunning, type Running, running } from '../../../deploy/switch/running.ts'
import { type OpenFlake, openFlake } from '../../../gate/open-flake.ts'
import type { VerdictDocument } from '../../../gate/verdict.ts'
import { auditTo } from '../../../record/audit.ts'
import type { HostScenarios } from '../gate-scenarios.ts'
import { byRebuild, bySwitch } from './by.ts'
import { Interruptible } from './interruptible.ts'
import { chooseLive } from './live.ts'
import { type At, deedOf, type Judged, otherHost, type Prepared, refuseOther } from './prepared.ts'
import type { Wanted } from './ways.ts'

/** A line when a stage begins and one when it is over: a run speaks in between. */
export const LINES: Progress = {
  start(what) {
    console.log(`· ${what}`)
    return { update() {}, done: outcome => outcome !== undefined && console.log(`· ${outcome}`) }
  },
  note: text => console.error(`! ${text}`),
}

/** Before the host is judged: the target answers as the one that is meant, runs NixOS, and something can be asked of it. */
export async function prepareThen(wanted: Wanted, scenarios: HostScenarios): Promise<Prepared> {
  const live = await chooseLive(scenarios, wanted.plan)
  await using target = await openTarget(wanted.plan, { progress: LINES, audit() {} })
  await lookAt(target)
  return { ...wanted, live, fingerprint: target.ssh.fingerprint }
}

const lookAt = async (target: DeployTarget): Promise<Running> => parseRunning(await target.run(running(), seconds(30)))

/** @returns 0 where it holds there, 1 where its features did not. @throws NixcumberError, with the state of the target */
export async function deploy(prepared: Prepared, judged: Judged): Promise<number> {
  const { host, plan, fingerprint, live } = prepared
  const audit = auditTo(judged.folder)
  await using target = await openTarget(plan, { progress: LINES, audit })
  if (target.ssh.fingerprint !== fingerprint) throw otherHost(fingerprint, target.ssh.fingerprint)
  await using _one = await onlyOne(target.ssh, live.settings.cacheDir)
  const before = await lookAt(target)
  refuseOther(judged.document, before)
  await confirm(deedOf(prepared, judged, target, before), {
    ...(prepared.yes === undefined ? {} : { yes: prepared.yes }),
    input: process.stdin,
    show: text => console.log(`\n${text}`),
  })
  using stages = new Stages({ target: `${host} (${target.ssh.address})`, progress: LINES, tell: audit })
  using interrupt = new Interruptible()
  using flake = await openFlake({
    ...live.settings,
    locator: judged.locator,
    strict: { importFromDerivation: false },
    progress: LINES,
  })
  await bring(judged.document, { target, stages, flake })
  try {
    return await (prepared.way === 'switch' ? bySwitch : byRebuild)(prepared, judged, {
      target,
      stages,
      before,
      interrupt,
    })
  } finally {
    console.log(`\nAudit: ${join(judged.folder, 'audit.ndjson')}`)
  }
}

async function bring(
  { toplevel }: VerdictDocument,
  at: Pick<At, 'target' | 'stages'> & { flake: OpenFlake },
): Promise<void> {
  const { target, stages, flake } = at
  const { nix, scratch } = flake
  const otherwise = 'nothing was changed but what lies in its store'
  await stages.go({
    ...{ name: 'copy', does: `copies ${toplevel.path} into its store`, otherwise },
    async run(task) {
      await nix.keep(toplevel.path, join(scratch, 'bound'), {
        subject: `${toplevel.path} is not in the store any more`,
        task,
      })
      await copyClosure(toplevel, { nix, ssh: target.ssh, task })
    },
  })
  const proof = { name: 'contents', does: 'is asked whether what lies there is what is bound', otherwise }
  await stages.go({ ...proof, run: task => proveContents(toplevel, { nix, ssh: target.ssh, task }) })
  const disks = { name: 'disks', does: 'is asked whether it has the disks that the new system mounts', otherwise }
  await stages.go({
    ...disks,
    run: async () => refuseMissingDisks(toplevel.path, await target.run(mountedDisks(toplevel.path), seconds(30))),
  })
}
