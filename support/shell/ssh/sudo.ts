/** Becoming root once for a connection: the agent itself is started under sudo, and everything it runs is root's. */
import type { ClientChannel } from 'ssh2'
import { argv } from '../../core/command.ts'
import { EnvironmentBroken } from '../../core/errors.ts'
import { rows } from '../../core/text/text.ts'

/** Left out: where it works. */
export interface SudoWish {
  readonly demanded?: boolean | undefined
  /** Given to `sudo -S` on its standard input, when it asks and only once. */
  readonly password?: string | undefined
  /** The variables in which a password is looked for. */
  readonly variables?: readonly string[] | undefined
}

/** sudo writes these to standard error, where the agent says nothing. */
const ASKS = 'nixcumber-sudo-asks'
const GOES = 'nixcumber-sudo-goes'
/** A lecture is shorter. */
const KEPT = 64 * 1024

/** @param script what root's bash is to run */
export const underSudo = (script: string, { password }: SudoWish): string => {
  const how = password === undefined ? ['-n'] : ['-k', '-S', '-p', ASKS]
  return argv('exec', 'sudo', ...how, '-H', '--', 'bash', '-c', `echo ${GOES} >&2; ${script}`).script
}

/** `mayGoOn`: as the user one is, when root was not demanded. A wrong password is never that. */
export type SudoAnswer =
  | { readonly is: 'root' }
  | { readonly is: 'refused'; readonly reason: string; readonly mayGoOn: boolean }
  /** The connection ended before sudo did. */
  | { readonly is: 'lost' }

/** Answers sudo's question at most once: trying again locks accounts. */
export function becomeRoot(channel: ClientChannel, { password }: SudoWish): Promise<SudoAnswer> {
  let said = ''
  let asked = false
  let hasEnded = false
  return new Promise(resolve => {
    channel.stderr.on('data', (bytes: Buffer) => {
      if (said.length > KEPT) return
      said += bytes.toString()
      const questions = said.split(ASKS).length - 1
      if (said.includes(GOES)) resolve({ is: 'root' })
      else if (questions > 1) {
        channel.end()
        resolve({ is: 'refused', reason: WRONG, mayGoOn: false })
      } else if (questions === 1 && !asked) {
        asked = true
        channel.write(`${password ?? ''}\n`)
      }
    })
    channel.once('exit', () => {
      hasEnded = true
      // a channel closes only when all it said was read
      if (!said.includes(GOES)) channel.resume()
    })
    channel.once('close', () => {
      const mayGoOn = !asked || /sudoers|not allowed/.test(said)
      resolve(hasEnded ? { is: 'refused', reason: mayGoOn ? reason(said) : WRONG, mayGoOn } : { is: 'lost' })
    })
  })
}

const WRONG = 'sudo did not accept the password; it was tried once'

/** The last of its words: before them may stand a lecture. */
const reason = (said: string): string =>
  said.replaceAll(ASKS, '').trim().split('\n').at(-1)?.trim() || 'sudo said nothing'

export function sudoRefused(where: string, reason: string, { password, variables = [] }: SudoWish): EnvironmentBroken {
  const next = /tty/.test(reason)
    ? 'take requiretty out of sudoers for this user, or let root log in'
    : /not found|No such file|ermission denied/.test(reason)
      ? 'install sudo there, let root log in, or say ?sudo=no'
      : password === undefined
        ? `set ${variables.at(0) ?? 'its password'} in the environment, or allow this user sudo without one (NOPASSWD)`
        : `correct ${variables.join(' or ')}, or say ?sudo=no`
  return new EnvironmentBroken(
    `${where} does not become root by sudo\n${rows({ Reason: reason, Next: next })}`.trimEnd(),
  )
}
