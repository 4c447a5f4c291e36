/** Secrets that a virtual machine has not: a failure of what needs one may come of that, and not of the host. */
import { EnvironmentBroken, ExpectationNotMet, type NixcumberError } from '../../core/errors.ts'
import { rows } from '../../core/text/text.ts'
import { isEncrypted, type MissingSecret, nameOf } from '../../flake/plan/host-secret.ts'
import type { Machine } from '../../machine/machine.ts'
import { isStateOfLack } from './state-of-lack.ts'

/** Of the machine, those of which the text speaks: their file, a unit or a user that needs them. */
export function secretsSpokenOf(text: string, { plan }: Named): readonly MissingSecret[] {
  return (plan.missingSecrets ?? []).filter(
    ({ path, units, users }) =>
      [path, ...units].some(word => speaksOf(text, word)) ||
      users.some(user => speaksOf(text, user) && /passw|login|log in|shadow|authenticat/i.test(text)),
  )
}

/** As a word of its own: `app.service` is not in `my-app.service`. */
function speaksOf(text: string, word: string): boolean {
  const quoted = word.replaceAll(/[^\w]/g, '\\$&')
  return new RegExp(`(?<![\\w.@/-])${quoted}(?![\\w@/-]|\\.\\w)`).test(text)
}

export type Named = Pick<Machine, 'name' | 'plan'>

/** Says so in the first line, and below the message why, once: an error may pass by more than one hook. */
export function tellMissingSecrets(error: NixcumberError, machines: Iterable<Named>): void {
  if (error.message.includes(LABEL)) return
  const found = [...machines].flatMap(machine =>
    secretsSpokenOf(error.message, machine).map(secret => ({ machine, secret })),
  )
  if (found.length === 0) return
  const [first = '', ...rest] = error.message.split('\n')
  const names = [...new Set(found.map(({ secret }) => nameOf(secret)))]
  const lines = found.map(({ machine, secret }) => `${nameOf(secret)}: ${why(machine.name, secret)}`)
  error.message = [
    `${first}; not in this machine: the ${names.length === 1 ? 'secret' : 'secrets'} ${names.join(', ')}`,
    `${rest.join('\n')}\n${rows({ [LABEL]: lines.join('\n') })}`.trimEnd(),
  ].join('\n')
}

const LABEL = 'Not there'

/**
 * The error itself, told of what is missing; or that it could not be checked, where all that did not hold needs what this machine lacks:
 * then it is not known of the host.
 */
export function judgeMissingSecrets(error: NixcumberError, machines: Iterable<Named>): NixcumberError {
  const all = [...machines]
  tellMissingSecrets(error, all)
  if (!(error instanceof ExpectationNotMet) || !all.some(machine => isOwnLack(error.message, machine))) return error
  const [first = '', ...rest] = error.message.split('\n')
  return new EnvironmentBroken([`${first}, so this is not known of the host`, ...rest].join('\n'), { cause: error })
}

/**
 * From where a name begins only: begun anew at each letter, a line of a million letters would take minutes. As far as a name can be long (255
 * letters with its ending, systemd.unit(5)): what the engine keeps of each letter, in case it has to go back, has a limit, too.
 */
const UNITS =
  /(?<![\w@.:\\-])[\w@.:\\-]{1,250}\.(?:service|socket|target|mount|automount|swap|timer|path|slice|scope|device)\b/g

export const unitsIn = (text: string): readonly string[] => text.match(UNITS) ?? []

/** Everything that is blamed needs a secret that is not there: every unit, or else the file or the user that the sentence is about. */
function isOwnLack(message: string, { name, plan }: Named): boolean {
  const missing = plan.missingSecrets ?? []
  if (missing.length === 0) return false
  const blamed =
    message
      .split(/\n +(?:History|Waited|Evidence|Next|From|Not there) /, 1)[0]
      ?.replace(/; not in this machine: .*/, '') ?? ''
  const units = unitsIn(blamed)
  const needing = new Set(missing.flatMap(secret => secret.units))
  // What its file says is the configuration's own matter.
  if (units.length > 0) return isStateOfLack(blamed) && units.every(unit => needing.has(unit))
  const [subject = ''] = blamed.split(` on ${name} `, 1)
  const observed = /\n +Observed ([\s\S]*)/.exec(blamed)?.[1] ?? ''
  return secretsSpokenOf(subject, { name, plan }).length + secretsSpokenOf(observed, { name, plan }).length > 0
}

const why = (machine: string, secret: MissingSecret): string =>
  isEncrypted(secret)
    ? `not decrypted, for none of its keys is in the machine: ${secret.keys.join(', ')}; machines.${machine}.files hands one over`
    : `no such file is in the machine; machines.${machine}.files hands it over`
