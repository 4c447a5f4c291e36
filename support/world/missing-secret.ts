/** Secrets that a virtual machine has not: a failure of what needs one may come of that, and not of the host. */
import type { NixcumberError } from '../core/errors.ts'
import { rows } from '../core/text.ts'
import { isEncrypted, type MissingSecret, nameOf } from '../flake/host-secret.ts'
import type { Machine } from '../machine/machine.ts'

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

type Named = Pick<Machine, 'name' | 'plan'>

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

const why = (machine: string, secret: MissingSecret): string =>
  isEncrypted(secret)
    ? `not decrypted, for none of its keys is in the machine: ${secret.keys.join(', ')}; machines.${machine}.files hands one over`
    : `no such file is in the machine; machines.${machine}.files hands it over`
