import type { Command, CommandResult } from '../core/command.ts'
import type { Duration } from '../core/time/duration.ts'

export type Transport = 'serial' | 'console' | 'ssh' | 'local' | 'fake'

/** A way to run commands as root somewhere. One contract suite (`contract.ts`) holds for every implementation. */
export interface Shell extends AsyncDisposable {
  readonly transport: Transport
  /**
   * Runs the command to its end. Never throws for an exit code.
   * @throws CommandCutOff after `limits.attempt`; the command is killed and the shell stays usable
   * @throws ConnectionLost when the machine cannot be reached any more; a later call connects anew
   */
  run(command: Command, limits: RunLimits): Promise<CommandResult>
}

export interface RunLimits {
  readonly attempt: Duration
  readonly stdin?: Buffer
  readonly signal?: AbortSignal
  /** `features/x.feature:14`: the step that asks, for the audit. */
  readonly from?: string
}
