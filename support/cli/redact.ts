/** Passwords given by the environment never reach a record, whoever printed them. */
const SECRET = /^NIXCUMBER_PASSWORD_/

/** Works on JSON text: a secret appears there escaped, and escaped again where JSON is quoted in it. */
export function redactor(env: Readonly<Record<string, string | undefined>>): (json: string) => string {
  const secrets = Object.entries(env)
    .filter(([name, value]) => SECRET.test(name) && value)
    .map(([, value = '']) => JSON.stringify(value).slice(1, -1))
  return json => secrets.reduce((text, secret) => text.replaceAll(secret, '•••'), json)
}
