import { ConnectionLost, EnvironmentBroken, NixcumberError } from '../../core/errors.ts'
import { rows } from '../../core/text/text.ts'
import type { Deadline } from '../../core/time/deadline.ts'
import { formatDuration } from '../../core/time/duration.ts'
import { isReadable, type Login } from './login.ts'
import type { Hop } from './route.ts'

/** An error of ssh2 in words that say what to do. */
export function translate(
  error: Error & { level?: string; code?: string },
  hop: Hop,
  login: Login,
  deadline: Deadline,
): Error {
  if (error instanceof NixcumberError) return error
  if (error.level === 'client-authentication') return refused(hop, login)
  if (error.code === 'ENOTFOUND')
    return new EnvironmentBroken(
      `The host ${hop.host} is not known\n${rows({ Reason: error.message, Next: 'check its name, and the network of this computer' })}`.trimEnd(),
    )
  return unreachable(hop, error.message, deadline)
}

export const unreachable = (hop: Hop, reason: string, { elapsed }: Deadline): ConnectionLost =>
  new ConnectionLost(
    `No ssh connection to ${hop.user}@${hop.host}:${hop.port}\n${rows({ Reason: reason, Waited: formatDuration(elapsed) })}`.trimEnd(),
  )

/** The host knows neither key nor password that there is. */
export class LoginRefused extends EnvironmentBroken {}

function refused(hop: Hop, { password }: Login): LoginRefused {
  const tried = [
    ...hop.identities.map(file => (isReadable(file) ? file : `${file} (needs a passphrase: load it into the agent)`)),
    ...(hop.agent === undefined ? [] : ['the keys of the ssh agent']),
    ...(password === undefined ? [] : ['a password']),
  ]
  return new LoginRefused(
    `${hop.host} refused the login of ${hop.user}\n${rows({
      Expected: `${hop.user}@${hop.host}:${hop.port} to accept a key or a password`,
      Got: `refused; tried: ${tried.join(', ') || 'nothing, there is no key here'}`,
      Next: `make "ssh -p ${hop.port} ${hop.user}@${hop.host} true" work first, or add ?identity=FILE to the machine's address`,
    })}`.trimEnd(),
  )
}
