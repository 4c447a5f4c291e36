/** The keys by which a target proves who it is. */
import { sh } from '../../core/command.ts'
import { fingerprintOf } from '../../shell/ssh/known-hosts.ts'
import type { Part } from './part.ts'

export interface HostKeyFile {
  /** Of the private key: `/etc/ssh/ssh_host_ed25519_key`. */
  readonly path: string
  /** `SHA256:…`. */
  readonly fingerprint: string
}

/** Those that nixos-anywhere copies: /etc/ssh/ssh_host_*. */
export const hostKeys: Part<readonly HostKeyFile[]> = {
  tool: '/etc/ssh',
  command: sh`[ -d /etc/ssh ] || { echo 'there is no /etc/ssh'; exit 77; }
for file in /etc/ssh/ssh_host_*_key.pub; do
[ ! -r "$file" ] || { IFS= read -r key <"$file"; printf '%s %s\n' "\${file%.pub}" "$key"; }
done`,
  parse: text =>
    text
      .split('\n')
      .filter(line => line !== '')
      .map(line => {
        const [path = '', , key] = line.split(' ')
        if (key === undefined) throw new Error('no key')
        return { path, fingerprint: fingerprintOf(Buffer.from(key, 'base64')) }
      }),
}
