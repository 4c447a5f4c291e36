import { EnvironmentBroken } from '../core/errors.ts'
import { rows } from '../core/text/text.ts'

/** Who may not look has seen nothing: neither that something is there, nor that it is not. */
export const notPermitted = (what: string, reason: string): EnvironmentBroken =>
  new EnvironmentBroken(
    `${what} could not be read: ${reason}\n${rows({
      Next: 'ask as root: ssh://root@HOST, or as a user who may use sudo',
    })}`.trimEnd(),
  )
