import { readFileSync } from 'node:fs'
import ssh2, { type AnyAuthMethod } from 'ssh2'
import type { HostKeys } from './host-key.ts'
import type { Hop } from './route.ts'

export interface Login {
  readonly hostKeys: HostKeys
  /** Tried last; also answers questions of keyboard-interactive. */
  readonly password?: string
  /** Told each host's key that has been found good. */
  seen?(hop: Hop, key: Buffer): void
}

/** What is tried, in this order. */
export function methods(hop: Hop, { password }: Login): AnyAuthMethod[] {
  const { user: username, agent } = hop
  return [
    ...hop.identities
      .filter(isReadable)
      .map(file => ({ type: 'publickey' as const, username, key: readFileSync(file) })),
    ...(agent === undefined ? [] : [{ type: 'agent' as const, username, agent }]),
    ...(password === undefined
      ? []
      : [
          { type: 'password' as const, username, password },
          { type: 'keyboard-interactive' as const, username, prompt: keyboard(password) },
        ]),
  ]
}

const keyboard =
  (password: string) =>
  (
    _name: string,
    _text: string,
    _language: string,
    prompts: readonly unknown[],
    answer: (words: string[]) => void,
  ): void =>
    answer(prompts.map(() => password))

/** A key with a passphrase is the agent's business. */
export function isReadable(file: string): boolean {
  try {
    return !(ssh2.utils.parseKey(readFileSync(file)) instanceof Error)
  } catch {
    return false
  }
}
