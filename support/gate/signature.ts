/** Whether a signature is good, and whose: by the caller's own list of signers, never by one of the flake that is judged. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { tail } from '../core/text/text.ts'
import { isSignature } from './sign.ts'
import { sshKeygen } from './ssh-keygen.ts'
import { NAMESPACE } from './verdict.ts'

export interface Signers {
  /** `allowed_signers` of ssh-keygen(1). */
  readonly allowed: string
  /** Keys, or a KRL, that count no more. */
  readonly revoked?: string
}

export type Signature =
  | { readonly good: true; readonly principal: string; readonly fingerprint: string }
  | { readonly good: false; readonly why: string }

/**
 * @param signature text of the `.sig`
 * @throws EnvironmentBroken when ssh-keygen cannot be asked
 */
export async function checkSignature(content: string, signature: string, signers: Signers): Promise<Signature> {
  if (!isSignature(signature)) return { good: false, why: 'the .sig is no signature, or a half of one' }
  const folder = await mkdtemp(join(tmpdir(), 'nixcumber-verify-'))
  try {
    const file = join(folder, 'sig')
    await writeFile(file, signature, { mode: 0o600 })
    return await check(content, file, signers)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function check(content: string, file: string, signers: Signers): Promise<Signature> {
  const asked = await sshKeygen(['-Y', 'find-principals', '-s', file, '-f', signers.allowed], {})
  const principals = asked.exitCode === 0 ? asked.stdout.split('\n').filter(Boolean) : []
  const said: string[] = principals.length === 0 ? [oneLine(asked.stderr)] : []
  for (const principal of principals) {
    const found = await checkAs(principal, content, file, signers)
    if (found.good) return found
    said.push(found.why)
  }
  return { good: false, why: [...new Set(said)].filter(Boolean).join('; ') || 'ssh-keygen does not say why' }
}

async function checkAs(principal: string, content: string, file: string, signers: Signers): Promise<Signature> {
  const { allowed, revoked } = signers
  const { exitCode, stdout, stderr } = await sshKeygen(
    [
      ...['-Y', 'verify', '-f', allowed, '-I', principal, '-n', NAMESPACE, '-s', file],
      ...(revoked === undefined ? [] : ['-r', revoked]),
    ],
    { input: content },
  )
  const fingerprint = GOOD.exec(stdout)?.[1]
  if (exitCode === 0 && fingerprint !== undefined) return { good: true, principal, fingerprint }
  // ssh-keygen does not say that it is for this.
  if (revoked !== undefined && (await checkAs(principal, content, file, { allowed })).good)
    return { good: false, why: `the key of ${principal} was revoked` }
  return { good: false, why: oneLine(stderr || stdout) }
}

const oneLine = (text: string): string => tail(text, 3).replaceAll(/(?<!\s)\s*\n\s*/g, '; ')

const GOOD = /^Good "nixcumber-verdict@v1" signature for .* with \S+ key (SHA256:[A-Za-z0-9+/]{43})$/m
