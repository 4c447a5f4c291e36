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

/** Works on JSON text: a secret appears there escaped, and escaped again where JSON is quoted in it. */
export function redactor(env: Readonly<Record<string, string | undefined>>): (json: string) => string {
  const secrets = Object.entries(env)
    .filter(([name, value]) => SECRET.test(name) && value)
    .flatMap(([, value = '']) => [escaped(escaped(value)), escaped(value)])
  return json => withoutUrlSecrets(secrets.reduce((text, secret) => text.replaceAll(secret, '•••'), json))
}

const escaped = (text: string): string => JSON.stringify(text).slice(1, -1)
