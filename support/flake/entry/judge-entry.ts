/** Whether one of the user's keys gets into a host, and to root there. Pure. */
import { EnvironmentBroken, ExpectationNotMet, type NixcumberError } from '../../core/errors.ts'
import { rows } from '../../core/text/text.ts'
import type { SourceMap } from '../../nix/reason/source-map.ts'
import { showObstacle } from '../plan/ssh-obstacle.ts'
import type { Account, Entry } from './entry.ts'
import type { OwnKeys } from './own-keys.ts'
import { isSameKey, readPublicKey } from './public-key.ts'

/** Of one account: it gets in, it does not, or that cannot be told; each with the reason. */
interface Way {
  readonly is: 'open' | 'shut' | 'unknown'
  readonly why: string
}

/** The error that tells why none gets in, or why that is not known; undefined when one does. */
export function judgeEntry(host: string, entry: Entry, own: OwnKeys, sources: SourceMap): NixcumberError | undefined {
  const told = { host, own }
  if (own.keys.length === 0) return unknown(told, [`no key of yours was found in ${own.from}`])
  if (!entry.enabled) return shut(told, ['services.openssh.enable = false: there is no sshd'])
  if (entry.obstacles.length > 0)
    return shut(
      told,
      entry.obstacles.map(obstacle => showObstacle(obstacle, sources)),
    )
  const ways = entry.accounts.map(account => ({ account, ...wayOf(account, entry, own, sources) }))
  const doubts = doubtsOf(entry)
  if (doubts.length === 0 && ways.some(({ is }) => is === 'open')) return undefined
  const reasons = ways.map(({ account: { name }, why }) => `${name}: ${why}`)
  if (ways.every(({ is }) => is === 'shut') && !entry.asksProgram) return shut(told, reasons)
  return unknown(told, [...doubts, ...(entry.asksProgram ? [PROGRAM] : []), ...reasons])
}

const PROGRAM = 'services.openssh.authorizedKeysCommand knows further keys, and is not asked'

/** What may let a connection in or keep it out, and is not followed. */
const doubtsOf = ({ isMatched, isOpenToAll, listensToAll, port }: Entry): string[] => [
  ...(listensToAll
    ? []
    : ['services.openssh.listenAddresses are some addresses only; who comes there is not followed']),
  ...(isMatched ? ['services.openssh.extraConfig has a Match block, which is not followed'] : []),
  ...(isOpenToAll
    ? []
    : [`the firewall lets port ${port} in by a card or by rules of its own, which are not followed`]),
]

function wayOf(account: Account, { isMatched }: Entry, own: OwnKeys, sources: SourceMap): Way {
  const { keys, obstacles, rootBy, hasPassword } = account
  const lines = keys.flatMap(line => readPublicKey(line) ?? [])
  const mine = lines.filter(line => own.keys.some(key => isSameKey(key, line)))
  if (mine.length === 0)
    return { is: 'shut', why: lines.length === 0 ? 'it has no key' : 'it has other keys, and none of yours' }
  if (!isMatched && obstacles[0]) return { is: 'shut', why: showObstacle(obstacles[0], sources) }
  const limited = mine.every(({ options }) => options !== '') ? mine[0] : undefined
  if (limited) return { is: 'unknown', why: `your key stands there with ${limited.options}, which is not followed` }
  return ROOT[rootBy](hasPassword)
}

const ROOT: Readonly<Record<Account['rootBy'], (hasPassword: boolean) => Way>> = {
  itself: () => ({ is: 'open', why: 'your key' }),
  wheel: () => ({ is: 'open', why: 'your key, and root without a password' }),
  password: hasPassword =>
    hasPassword
      ? { is: 'open', why: 'your key, and root by its password' }
      : { is: 'shut', why: 'your key, but it has no password with which to become root' },
  rules: () => ({ is: 'unknown', why: 'your key; whether it becomes root by its rules of sudo is not followed' }),
  none: () => ({ is: 'shut', why: 'your key, but it cannot become root: it is not in wheel, or there is no sudo' }),
}

interface Told {
  readonly host: string
  readonly own: OwnKeys
}

const shut = ({ host, own }: Told, reasons: readonly string[]): ExpectationNotMet =>
  new ExpectationNotMet(
    `Your key does not get into host "${host}"\n${rows({
      Expected: 'to root, by ssh',
      Observed: reasons.join('\n'),
      'Your keys': keysShown(own),
      Next: `users.users.root.openssh.authorizedKeys.keys of the host, or of a user in wheel`,
    })}`.trimEnd(),
  )

const unknown = ({ host, own }: Told, reasons: readonly string[]): EnvironmentBroken =>
  new EnvironmentBroken(
    `Whether your key gets into host "${host}" could not be checked: ${reasons[0]}\n${rows({
      Further: reasons.slice(1).join('\n'),
      'Your keys': keysShown(own),
    })}`.trimEnd(),
  )

const keysShown = ({ keys, from }: OwnKeys): string =>
  keys.length === 0 ? '' : `${keys.map(({ base64 }) => `…${base64.slice(-12)}`).join(', ')} (${from})`
