/** What `--then` asks for: made ready before the host is judged, and done after a GO. */
import type { FlakeLocator } from '../../../flake/locator.ts'
import type { HostScenarios } from '../gate-scenarios.ts'
import { install } from './install.ts'
import { prepareInstall } from './install-prepare.ts'
import type { Judged } from './prepared.ts'
import { deploy, LINES, prepareThen } from './then.ts'
import type { Wanted } from './ways.ts'

/** Gives the exit code. */
export type AfterGo = (judged: Judged) => Promise<number>

/** @throws NixcumberError where it could not be done whatever is judged */
export async function afterGo(wanted: Wanted, scenarios: HostScenarios, locator: FlakeLocator): Promise<AfterGo> {
  if (wanted.way === 'install') {
    const { settings } = scenarios
    const ready = await prepareInstall(wanted, scenarios, { settings, locator, progress: LINES })
    return judged => install(ready, judged, LINES)
  }
  const ready = await prepareThen(wanted, scenarios)
  return judged => deploy(ready, judged)
}
