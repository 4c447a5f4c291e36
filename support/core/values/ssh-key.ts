import ssh2 from 'ssh2'

export interface SshKey {
  /** OpenSSH's format, without a passphrase. */
  readonly private: string
  /** One line for authorized_keys. */
  readonly public: string
}

/** Only what this shows is relied on: tests give another one. */
type Generate = (comment: string) => SshKey

const generate: Generate = comment => ssh2.utils.generateKeyPairSync('ed25519', { comment })

/**
 * A new ed25519 key. About one in 270 keys that ssh2 1.17 makes cannot be read again, by itself or by ssh
 * ("Malformed OpenSSH private key"), so each is read before it is used.
 */
export function newSshKey(comment = 'nixcumber', make: Generate = generate): SshKey {
  for (;;) {
    const key = make(comment)
    if (!(ssh2.utils.parseKey(key.private) instanceof Error)) return key
  }
}

/** What belongs into the second field of its public line; undefined when the text is no private key. */
export function publicHalf(secret: string): string | undefined {
  const key = ssh2.utils.parseKey(secret)
  return key instanceof Error ? undefined : key.getPublicSSH().toString('base64')
}
