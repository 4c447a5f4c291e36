/** A target that is deployed to: entered by the ssh driver as a live host is, and by OpenSSH on the same way. Every command is in the audit log. */
import type { Command, CommandResult } from '../core/command.ts'
import { EnvironmentBroken, NixcumberError } from '../core/errors.ts'
import type { Progress } from '../core/progress.ts'
import { systemClock } from '../core/time/clock.ts'
import { Deadline } from '../core/time/deadline.ts'
import { type Duration, formatDuration, seconds, shorter } from '../core/time/duration.ts'
import type { BootContext, SshPlan } from '../machine/machine.ts'
import { bootMachine } from '../machine/pool/driver-registry.ts'
import type { Done, Sent } from '../shell/audited.ts'
import { type OwnSsh, openOwnSsh } from './own-ssh.ts'

export interface DeployTarget extends AsyncDisposable {
  readonly plan: SshPlan
  readonly ssh: OwnSsh
  /** @throws ConnectionLost, CommandCutOff */
  run(command: Command, within: Duration): Promise<CommandResult>
}

interface Surroundings {
  readonly progress: Progress
  audit(word: Sent | Done): void
}

/** What runs already is connected to: nothing of it is put anywhere. */
const NOTHING_MADE: Pick<BootContext, 'runtimeDir' | 'evidenceDir' | 'cache' | 'machineTools'> = {
  ...{ runtimeDir: '', evidenceDir: '', cache: '' },
  machineTools: () => Promise.reject(new EnvironmentBroken('A target needs no tools of machines')),
}

const CONNECT = seconds(30)
const POLL = seconds(1)

/** The key that was seen first is asked of every later connection. @throws EnvironmentBroken, UsageError */
export async function openTarget(plan: SshPlan, { progress, audit }: Surroundings): Promise<DeployTarget> {
  const ssh = await openOwnSsh(plan)
  const pinned = { ...plan, knownHosts: ssh.knownHosts }
  try {
    const machine = await bootMachine(pinned, { ...NOTHING_MADE, deadline: Deadline.after(CONNECT), progress, audit })
    const shell = await machine.shell('ssh')
    return {
      ...{ plan, ssh },
      run: (command, attempt) => shell.run(command, { attempt }),
      async [Symbol.asyncDispose]() {
        ssh[Symbol.dispose]()
        await machine[Symbol.asyncDispose]()
      },
    }
  } catch (error) {
    ssh[Symbol.dispose]()
    throw error
  }
}

/**
 * Looks again and again until it is told. What hinders a look is borne until then: a switch may take the network along.
 * @throws EnvironmentBroken when it was not told in time, with what hindered the last look
 */
export async function pollTarget<T>(
  target: DeployTarget,
  { deadline, what }: { readonly deadline: Deadline; readonly what: string },
  look: (target: DeployTarget, within: Duration) => Promise<T | undefined>,
): Promise<T> {
  let hindrance = ''
  while (!deadline.expired) {
    try {
      const told = await look(target, shorter(CONNECT, deadline.remaining))
      if (told !== undefined) return told
      hindrance = ''
    } catch (error) {
      if (!(error instanceof NixcumberError)) throw error
      hindrance = error.message.split('\n')[0] ?? ''
    }
    await systemClock.wait(shorter(POLL, deadline.remaining))
  }
  const within = formatDuration(deadline.budget)
  throw new EnvironmentBroken(`${what} was not seen within ${within}${hindrance && `: ${hindrance}`}`)
}
