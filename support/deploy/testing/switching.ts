/** `switching.ts PLAN SYSTEM SECONDS WORD`: switches a target and asks features that hold, that do not, or that never answer. For a runner that is killed. */
import { silentProgress } from '../../core/progress.ts'
import { seconds } from '../../core/time/duration.ts'
import type { SshPlan } from '../../machine/machine.ts'
import { type DeployTarget, openTarget } from '../deploy-target.ts'
import { type StageLine, Stages } from '../stages.ts'
import { parseRunning, running } from '../switch/running.ts'
import { type Outcome, switchTo } from '../switch/switch.ts'

export interface Wish {
  readonly system: string
  readonly after: number
  features(target: DeployTarget): Promise<number>
  tell(line: StageLine): void
}

export async function switchOnce(plan: SshPlan, { system, after, features, tell }: Wish): Promise<Outcome> {
  await using target = await openTarget(plan, { progress: silentProgress, audit() {} })
  using stages = new Stages({ target: plan.name, progress: silentProgress, tell })
  const before = parseRunning(await target.run(running(), seconds(30)))
  return await switchTo({ target, stages, system, before, after: seconds(after), features: () => features(target) })
}

const [plan, system, after] = process.argv.slice(2)
if (process.argv[1] === import.meta.filename && plan !== undefined && system !== undefined)
  await switchOnce(JSON.parse(plan), {
    ...{ system, after: Number(after) },
    features: () => new Promise(() => setInterval(() => {}, 1000)),
    tell: line => console.log(JSON.stringify(line)),
  })
