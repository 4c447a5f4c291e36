/** A binary cache as a sentence names it: its address, and the key whose signatures count. */
import { refuse } from '../../core/refusal.ts'

export interface BinaryCache {
  /** As Nix takes it: `https://…`, `s3://…`, `file:///…` (nix3-help-stores(1)). */
  readonly url: string
  /** As in trusted-public-keys of nix.conf(5): `name-1:base64`. */
  readonly key: string
}

const SCHEMES = ['https:', 'http:', 's3:', 'file:']
/** Of an S3 store, where it is. Others change what Nix does with a cache, `trusted` for one. */
const PARAMETERS = ['region', 'endpoint', 'profile', 'scheme']
/** Ed25519, 32 bytes. What is none may be a secret one: it is not repeated. */
const PUBLIC_KEY = /^[^\s:]+:[A-Za-z0-9+/]{43}=$/

/** @throws UsageError for what is no binary cache, or no public key; for a password in the address */
export function readBinaryCache(url: string, key: string): BinaryCache {
  const address = URL.canParse(url) ? new URL(url) : undefined
  if (!address || !SCHEMES.includes(address.protocol) || !isWhole(address))
    throw refuse({
      what: `"${url}" is no binary cache`,
      expected: 'https://HOST/…, http://HOST/…, s3://BUCKET or file:///FOLDER',
    })
  if (address.username !== '' || address.password !== '')
    throw refuse({
      what: 'The address of a binary cache has a name or a password in it',
      expected: 'an address without: what a feature says stands in every report',
      next: 'name them in the netrc-file of nix.conf(5)',
    })
  const strange = [...address.searchParams.keys()].filter(name => !PARAMETERS.includes(name))
  if (strange.length > 0 || address.hash !== '')
    throw refuse({
      what: `The address of a binary cache has parts that are not understood: ${strange.join(', ') || address.hash}`,
      expected: `none, or of S3 ${PARAMETERS.join(', ')}`,
    })
  if (!PUBLIC_KEY.test(key))
    throw refuse({
      what: `"${keyName({ key })}:…" is no public key of a binary cache`,
      expected: 'NAME:BASE64 of 32 bytes, as in trusted-public-keys',
      next: 'nix key convert-secret-to-public < KEYFILE',
    })
  return { url, key }
}

const isWhole = ({ protocol, host, pathname }: URL): boolean =>
  protocol === 'file:' ? host === '' && pathname.length > 1 : host !== ''

/** Whether Nix would ask another computer. */
export function isElsewhere({ url }: BinaryCache): boolean {
  const { protocol, hostname } = new URL(url)
  return protocol !== 'file:' && !/^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname)
}

export const keyName = ({ key }: Pick<BinaryCache, 'key'>): string => key.split(':', 1)[0] ?? ''
