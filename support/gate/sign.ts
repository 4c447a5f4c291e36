/** The signature of a verdict: by a key file, or by an agent for a `.pub`. */
import { statSync } from 'node:fs'
import { UsageError } from '../core/errors.ts'
import { refuse } from '../core/refusal.ts'
import { rows, tail } from '../core/text/text.ts'
import { sshKeygen } from './ssh-keygen.ts'
import { NAMESPACE } from './verdict.ts'

/** `SHA256:…` of the key. @throws UsageError when the file is none */
export async function fingerprintOf(keyFile: string): Promise<string> {
  if (!statSync(keyFile, { throwIfNoEntry: false })?.isFile())
    throw refuse({
      what: `There is no key "${keyFile}"`,
      expected: 'a private key, or a .pub whose key the agent has',
      got: keyFile,
    })
  const { exitCode, stdout, stderr } = await sshKeygen(['-l', '-E', 'sha256', '-f', keyFile], {})
  const found = / (SHA256:[A-Za-z0-9+/]{43}) /.exec(stdout)?.[1]
  if (exitCode === 0 && found !== undefined) return found
  throw refuse({ what: `"${keyFile}" is no key`, got: tail(stderr || stdout, 3) })
}

/** @throws UsageError when the key does not sign: a passphrase without a terminal, an agent that does not have it */
export async function sign(content: string, keyFile: string): Promise<string> {
  const { exitCode, stdout, stderr } = await sshKeygen(['-Y', 'sign', '-q', '-f', keyFile, '-n', NAMESPACE], {
    input: content,
    asks: process.stdin.isTTY,
  })
  if (exitCode === 0 && isSignature(stdout)) return stdout
  throw new UsageError(
    `The verdict could not be signed\n${rows({
      Key: keyFile,
      Got: tail(stderr, 3),
      Next: 'a key with a passphrase is used by its agent: ssh-add KEY, then --sign KEY.pub',
    })}`.trimEnd(),
  )
}

export const isSignature = (text: string): boolean =>
  /^-----BEGIN SSH SIGNATURE-----\n[A-Za-z0-9+/=\n]+-----END SSH SIGNATURE-----\n?$/.test(text)
