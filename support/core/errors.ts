/**
 * What can go wrong, by whose fault it is. The exit code follows from the class:
 * 1 the configuration, 2 the user's input, 3 the surroundings. Anything else is our own bug and keeps its stack trace.
 */
export abstract class NixcumberError extends Error {
  /** 1 not met, 2 refused input, 3 could not check. */
  abstract readonly exitCode: 1 | 2 | 3
  /** True when trying again may help by itself (ssh refused while booting). */
  readonly retryable: boolean = false
  override get name(): string {
    return this.constructor.name
  }
}

/** A promise of the features does not hold. */
export class ExpectationNotMet extends NixcumberError {
  readonly exitCode = 1
}

/** The configuration does not evaluate or build, or its machine panics or never gets ready. */
export class ConfigurationBroken extends NixcumberError {
  readonly exitCode = 1
}

/** Input that is refused; see `refusal.ts` for the shape of its message. */
export class UsageError extends NixcumberError {
  readonly exitCode = 2
}

/** A thing this driver, transport or machine cannot do; said instead of a stub that looks finished. */
export class NotSupported extends NixcumberError {
  readonly exitCode = 2
}

/** A missing tool, a full disk, a dead network, a refused key: could not check, never a verdict. */
export class EnvironmentBroken extends NixcumberError {
  readonly exitCode = 3
}

export interface HostKey {
  /** `ssh-ed25519`. */
  readonly type: string
  /** `SHA256:…`, as `ssh-keygen -l` prints it. */
  readonly fingerprint: string
}

/** A host answers with another key than the one that is expected of it. */
export class HostKeyChanged extends EnvironmentBroken {
  /** What it showed. */
  readonly shown: HostKey | undefined

  constructor(message?: string, shown?: HostKey) {
    super(message)
    this.shown = shown
  }
}

/** The error of the class that has this exit code. */
export function errorFor(exitCode: 1 | 2 | 3, message: string, options?: ErrorOptions): NixcumberError {
  if (exitCode === 1) return new ExpectationNotMet(message, options)
  return exitCode === 2 ? new UsageError(message, options) : new EnvironmentBroken(message, options)
}

/** A passing fault of the transport: the connection broke or was refused. */
export class ConnectionLost extends EnvironmentBroken {
  override readonly retryable = true
}

/** The machine runs and gives no answer; told in its own words already. */
export class MachineUnanswered extends ConnectionLost {}

/** A live host that gives no answer any more; what its connection said is told already. */
export class HostGone extends EnvironmentBroken {}

/** A command did not end within its bound and was cut off; the shell is usable afterwards. */
export class CommandCutOff extends EnvironmentBroken {
  override readonly retryable = true
}

const CLASSES = [
  ...[ExpectationNotMet, ConfigurationBroken, UsageError, NotSupported],
  ...[EnvironmentBroken, HostKeyChanged, ConnectionLost, MachineUnanswered, HostGone, CommandCutOff],
] as const

/** Exit code by the name of the class: messages of a run carry names only. */
export const EXIT_CODE_BY_NAME: Readonly<Record<string, NixcumberError['exitCode']>> = Object.fromEntries(
  CLASSES.map(Class => [Class.name, new Class().exitCode]),
)
