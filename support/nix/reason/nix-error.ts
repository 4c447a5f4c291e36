import { ConfigurationBroken, EnvironmentBroken, type NixcumberError, UsageError } from '../../core/errors.ts'
import { rows } from '../../core/text/text.ts'
import type { Reason } from './reason.ts'

/** The configuration does not evaluate or build, and `reason` says why. */
export class NixRefused extends ConfigurationBroken {
  readonly reason: Reason
  readonly logFile?: string
  constructor(message: string, reason: Reason, logFile?: string) {
    super(message)
    this.reason = reason
    if (logFile !== undefined) this.logFile = logFile
  }
}

/** Nix could not do its work here: no network, a full disk, no Nix. */
export class NixUnavailable extends EnvironmentBroken {
  readonly reason: Reason
  override readonly retryable: boolean
  constructor(message: string, reason: Reason) {
    super(message)
    this.reason = reason
    this.retryable = reason.retryable
  }
}

/** The error for a reason. `subject` completes "… : reason", such as `host "t14" does not evaluate`. */
export function nixError(subject: string, reason: Reason, logFile?: string): NixcumberError {
  if (reason.fault === 'environment') return new NixUnavailable(explainReason(unable(subject), reason, logFile), reason)
  if (reason.fault === 'input') return new UsageError(explainReason(unable(subject), reason, logFile))
  return new NixRefused(explainReason(subject, reason, logFile), reason, logFile)
}

/** When Nix cannot work, or was not given what it needs, nothing is said about the configuration. */
const unable = (subject: string): string =>
  subject.replace(/does not (evaluat|buil)(?:e|d)$/, (_, verb) => `could not be ${verb}${verb === 'buil' ? 't' : 'ed'}`)

/** First line stands alone; then the user's own place, what else Nix said, and what to do. */
export function explainReason(subject: string, reason: Reason, logFile?: string): string {
  const { message, detail, file, line, hint } = reason
  const place = file === undefined ? undefined : line === undefined ? file : `${file}:${line}`
  const table = rows({ Where: place, Detail: detail, Next: hint, Evidence: logFile && `whole log: ${logFile}` })
  return `${subject}: ${message}\n${table}`.trimEnd()
}
