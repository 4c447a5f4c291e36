/** `nixos-rebuild switch` by the path that is bound; where it knows no such flag, the commands that it would give (nixos-rebuild-ng, services.py). */
import { quote, sh } from '../../core/command.ts'
import { EnvironmentBroken, NixcumberError } from '../../core/errors.ts'
import { rows, tail } from '../../core/text/text.ts'
import { visible } from '../../core/text/visible.ts'
import { minutes } from '../../core/time/duration.ts'
import { LocalShell } from '../../shell/local.ts'
import type { DeployTarget } from '../deploy-target.ts'
import type { OwnSsh } from '../own-ssh.ts'
import { TARGET } from '../ssh-config.ts'
import { runUnit } from './run-unit.ts'
import { PROFILE } from './running.ts'
import { SWITCH } from './units.ts'

const HELP = minutes(1)
const BOUND = minutes(30)

/** @param ssh the host is known to it by its alias */
export const rebuildArguments = (system: string): readonly string[] => [
  ...['switch', '--store-path', system, '--target-host', TARGET, '--no-reexec'],
]

/** Whether the one in PATH takes a path instead of evaluating anew. */
export async function knowsStorePath(program = 'nixos-rebuild'): Promise<boolean> {
  await using shell = new LocalShell()
  const { stdout, stderr } = await shell.run(sh`MANPAGER=cat PAGER=cat exec ${program} --help`, { attempt: HELP })
  return `${stdout}${stderr}`.includes('--store-path')
}

/** Ended in time, it is ended with all that it has started. @throws EnvironmentBroken when it fails: then it is not known how far it came */
export async function byNixosRebuild(
  system: string,
  ssh: Pick<OwnSsh, 'options'>,
  program = 'nixos-rebuild',
): Promise<void> {
  const options = ssh.options.map(quote).join(' ')
  await using shell = new LocalShell()
  const command = sh`NIX_SSHOPTS=${options} exec ${program} ${rebuildArguments(system)} 2>&1`
  const { exitCode, stdout } = await shell.run(command, { attempt: BOUND })
  if (exitCode === 0) return
  const said = rows({ Said: tail(visible(stdout.toString(), '\n\t'), 20) })
  throw new EnvironmentBroken(`nixos-rebuild failed: exit code ${exitCode}\n${said}`.trimEnd())
}

/** The profile first, as nixos-rebuild does, so that a host that goes down in between boots what was asked for. */
export async function byOurselves(system: string, target: DeployTarget): Promise<void> {
  const { exitCode, stderr } = await target.run(
    { script: `nix-env --profile ${PROFILE} --set ${quote(system)}` },
    minutes(5),
  )
  if (exitCode !== 0) throw new EnvironmentBroken(`The profile cannot be set: ${stderr.toString().trim()}`)
  const words = [`${system}/bin/switch-to-configuration`, 'switch']
  try {
    await runUnit(target, { unit: SWITCH, system, within: minutes(15), words })
  } catch (error) {
    // Nothing brings it back: what it runs by now is to be looked at.
    if (error instanceof NixcumberError) throw new EnvironmentBroken(error.message, { cause: error })
    throw error
  }
}
