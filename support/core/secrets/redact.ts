import { handedSecrets } from './handed-secrets.ts'

/** Passwords and tokens given by the environment never reach a record, whatever printed them. */
const SECRET = /^(NIXCUMBER_(SUDO_)?PASSWORD_|HCLOUD_TOKEN$)/

/**
 * Passwords and tokens in addresses: `https://user:token@host/…`, `?token=…`. Before http a name alone is one (GitHub takes tokens so).
 * A scheme is short: without that bound, a line of a million letters, as a host may send it, would be read from each of its letters on.
 */
export const withoutUrlSecrets = (text: string): string =>
  text
    .replaceAll(/(https?:\/\/)[^\s/"'@]+@/gi, '$1•••@')
    .replaceAll(/([a-z][a-z0-9+.-]{0,30}:\/\/[^\s/"'@:]*:)[^\s/"'@]+@/gi, '$1•••@')
    .replaceAll(/([?&](?:[\w-]*(?:token|password|passwd|secret|api[_-]?key))=)[^&\s"'#\\]+/gi, '$1•••')

/** Works on JSON text: a secret appears there escaped, and escaped again where JSON is quoted in it. Values handed over later count as well. */
export function redactor(env: Readonly<Record<string, string | undefined>>): (json: string) => string {
  const secrets = Object.entries(env)
    .filter(([name, value]) => SECRET.test(name) && value)
    .flatMap(([, value = '']) => [escaped(escaped(value)), escaped(value)])
  return json => withoutUrlSecrets(withoutHanded(secrets.reduce((text, secret) => text.replaceAll(secret, MASK), json)))
}

const MASK = '•••'

/** Values handed over to machines, in text or JSON. They may be words that our own JSON is made of: of JSON only the values are touched. */
export function withoutHanded(text: string): string {
  const found = handedSecrets()
    .map(secret => [escaped(escaped(secret)), escaped(secret), secret])
    .filter(forms => forms.some(form => text.includes(form)))
    .flat()
  if (found.length === 0) return text
  const clean = (value: string): string => found.reduce((left, secret) => left.replaceAll(secret, MASK), value)
  try {
    return JSON.stringify(
      JSON.parse(text, (_key, value: unknown) => (typeof value === 'string' ? clean(value) : value)),
    )
  } catch {
    // A line of a console, a page.
    return clean(text)
  }
}

const escaped = (text: string): string => JSON.stringify(text).slice(1, -1)
