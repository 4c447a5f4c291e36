/** Secrets that a host expects beside its configuration (wrapper/secrets.nix), and what is said of those that its machine has not. */
import { z } from 'zod'
import { plural } from '../../core/text/text.ts'
import { type MachineDifference, showPath } from './machine-difference.ts'

const hostSecret = z.object({
  option: z.array(z.string()),
  /** Where the host finds it. */
  path: z.string(),
  /** Files or folders of which one must be there; the file itself, where nothing decrypts it. */
  keys: z.array(z.string()),
  /** What is known to need it. */
  units: z.array(z.string()),
  users: z.array(z.string()),
})

export const hostSecretsSchema = z.object({
  found: z.array(hostSecret),
  /** Options that do not say what there is, for a part of them does not evaluate. */
  unknown: z.array(z.string()),
})

/** One that the virtual machine has not, for no key of it is there. */
export type MissingSecret = z.infer<typeof hostSecret>
export type HostSecrets = z.infer<typeof hostSecretsSchema>

/** @param handed paths in the machine of the files that are handed over */
export const missingSecrets = ({ found }: HostSecrets, handed: readonly string[]): MissingSecret[] =>
  found.filter(({ keys }) => !keys.some(key => handed.some(path => path === key || path.startsWith(`${key}/`))))

/** What a person calls it. */
export const nameOf = (secret: MissingSecret): string =>
  isEncrypted(secret) ? (secret.option.at(-1) ?? secret.path) : secret.path

/** What is known to depend on it: `nginx.service, the password of simon`. */
export const dependents = (secrets: readonly MissingSecret[]): string[] => [
  ...new Set(secrets.flatMap(({ units, users }) => [...units, ...users.map(user => `the password of ${user}`)])),
]

/** For the terminal, before the machine boots: a line for all secrets with the same keys, and one for all files. */
export function secretNotes(machine: string, secrets: HostSecrets, missing: readonly MissingSecret[]): string[] {
  const groups = new Map<string, MissingSecret[]>()
  for (const secret of missing) {
    const key = isEncrypted(secret) ? JSON.stringify(secret.keys) : ''
    groups.set(key, [...(groups.get(key) ?? []), secret])
  }
  const { unknown } = secrets
  return [
    ...[...groups.values()].map(group => secretNote(machine, group)),
    ...(unknown.length === 0
      ? []
      : [`Which secrets ${machine} needs is not known of ${unknown.join(', ')}: a part of it does not evaluate`]),
  ]
}

/** As many names as a line has room for. */
const SHOWN = 8

function secretNote(machine: string, group: readonly MissingSecret[]): string {
  const needing = dependents(group)
  const what = needing.length === 0 ? '' : `; needed by ${brief(needing)}`
  return `${lackOf(machine, group)}${what}; to hand over: machines.${machine}.files`
}

function lackOf(machine: string, group: readonly MissingSecret[]): string {
  const [first] = group
  const one = group.length === 1
  if (first === undefined || !isEncrypted(first))
    return `In the virtual machine of ${machine} ${one ? 'a file is' : 'files are'} not there: ${brief(group.map(nameOf))}`
  const which = `${plural(group.length, 'secret')} of ${machine} ${one ? 'is' : 'are'} not decrypted in its virtual machine`
  return `${which}: ${brief(group.map(nameOf))}; no key is there (${first.keys.join(', ') || 'none is configured'})`
}

/** For the table of the report. */
export const secretDifferences = (missing: readonly MissingSecret[]): MachineDifference[] =>
  missing.map(secret => {
    const needing = dependents([secret])
    const lack = isEncrypted(secret) ? `no key of it is there: ${secret.keys.join(', ')}` : 'no such file is there'
    return {
      option: showPath(secret.option),
      host: secret.path,
      why: needing.length === 0 ? lack : `${lack}; needed by ${needing.join(', ')}`,
    }
  })

/** By sops-nix or agenix; else it is a file as it is. */
export const isEncrypted = ({ option }: MissingSecret): boolean => option[0] === 'sops' || option[0] === 'age'

const brief = (words: readonly string[]): string =>
  words.length <= SHOWN ? words.join(', ') : `${words.slice(0, SHOWN).join(', ')} and ${words.length - SHOWN} more`
