/** What the addresses of all drivers share. */
import { resolve } from 'node:path'
import { refuse } from '../core/refusal.ts'

/** `web-1` asks for NIXCUMBER_SUDO_PASSWORD_WEB_1, then for the password one logs in by. */
export const sudoPasswordVariable = (name: string): string =>
  passwordVariable(name).replace('_PASSWORD_', '_SUDO_PASSWORD_')

/** `web-1` asks for NIXCUMBER_PASSWORD_WEB_1. */
export const passwordVariable = (name: string): string =>
  `NIXCUMBER_PASSWORD_${name.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')}`

/** Reads a parameter that has only so many words. @throws UsageError with the nearest one */
export function oneOf<Word extends string>(name: string, key: string, got: string | undefined, known: readonly Word[]) {
  const found = known.find(word => word === got)
  if (got !== undefined && found === undefined)
    throw refuse({ what: `The address of machine "${name}" has a "${key}" that is not known`, got, known })
  return found
}

/** @throws UsageError for one that is not known, has no value, comes twice, or is a password */
export function parameters(name: string, query: string, known: readonly string[]): Map<string, string> {
  const read = new Map<string, string>()
  // A plus is a plus here, not a blank: fingerprints have them.
  for (const [key, value] of new URLSearchParams(query.replaceAll('+', '%2B'))) {
    if (key === 'password') throw passwordInUrl(name)
    if (!known.includes(key))
      throw refuse({ what: `The address of machine "${name}" has a parameter that is not known`, got: key, known })
    if (value === '' || read.has(key))
      throw refuse({ what: `The address of machine "${name}" must give "${key}" once, with a value`, got: value })
    read.set(key, value)
  }
  return read
}

/** A file of the user's, made absolute. */
export const path = (folder: string, file: string | undefined): string | undefined => file && resolve(folder, file)

/** The key with its value, or nothing. */
export const optional = <Key extends string, Value>(key: Key, value: Value | undefined): { [K in Key]?: Value } =>
  // TypeScript widens a computed key; there is exactly the one.
  value === undefined ? {} : ({ [key]: value } as { [K in Key]?: Value })

export const unreadable = (text: string, expected: string) =>
  refuse({
    what: 'A machine is given by its name and its address',
    expected,
    got: text.replace(/:[^:@/]*@/, ':…@'),
  })

export const passwordInUrl = (name: string) =>
  refuse({
    what: `The address of machine "${name}" holds a password, which every user of this computer could read`,
    next: `take it out of the address and set ${passwordVariable(name)}`,
  })
