/** `nixos-rebuild switch` by the path that is bound; where it knows no such flag, the commands that it would give (nixos-rebuild-ng, services.py). */
import { execa } from 'execa'
import { quote } from '../../core/command.ts'
import { EnvironmentBroken, NixcumberError } from '../../core/errors.ts'
import { rows, tail } from '../../core/text/text.ts'
import { formatDuration, minutes } from '../../core/time/duration.ts'
import type { DeployTarget } from '../deploy-target.ts'
import type { OwnSsh } from '../own-ssh.ts'
import { TARGET } from '../ssh-config.ts'
import { runUnit } from './run-unit.ts'
import { PROFILE } from './running.ts'
import { SWITCH } from './units.ts'

const HELP = minutes(1)
const BOUND = minutes(30)
const MOST_BYTES = 4_000_000

/** @param ssh the host is known to it by its alias */
export const rebuildArguments = (system: string): readonly string[] => [
  ...['switch', '--store-path', system, '--target-host', TARGET, '--no-reexec'],
]

/** Whether the one in PATH takes a path instead of evaluating anew. */
export async function knowsStorePath(program = 'nixos-rebuild'): Promise<boolean> {
  const { stdout, stderr } = await execa(program, ['--help'], {
    ...{ reject: false, timeout: HELP.ms, maxBuffer: MOST_BYTES, stdin: 'ignore' },
    env: { MANPAGER: 'cat', PAGER: 'cat' },
  })
  return `${stdout}${stderr}`.includes('--store-path')
}

/** @throws EnvironmentBroken when it fails: then it is not known how far it came */
export async function byNixosRebuild(
  system: string,
  ssh: Pick<OwnSsh, 'options'>,
  program = 'nixos-rebuild',
): Promise<void> {
  const { exitCode, all, timedOut } = await execa(program, rebuildArguments(system), {
    ...{ reject: false, all: true, timeout: BOUND.ms, maxBuffer: MOST_BYTES, stdin: 'ignore' },
    env: { NIX_SSHOPTS: ssh.options.map(quote).join(' ') },
  })
  if (exitCode === 0) return
  const how = timedOut ? `it did not end within ${formatDuration(BOUND)}` : `exit code ${exitCode ?? 'none'}`
  throw new EnvironmentBroken(`nixos-rebuild failed: ${how}\n${rows({ Said: tail(all ?? '', 20) })}`.trimEnd())
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
