/** Lines of authorized_keys(5), and of .pub files, which are such lines. */
export interface PublicKey {
  readonly type: string
  readonly base64: string
  /** What stands before it: `restrict,command="…"`. */
  readonly options: string
}

/** A quoted value may hold blanks; within it a quote is escaped. */
const LINE =
  /^\s*(?:((?:[^\s"]|"(?:[^"\\]|\\.)*")+)\s+)??((?:sk-)?(?:ssh|ecdsa)-[\w@.-]+)\s+([A-Za-z0-9+/]+={0,2})(?:\s|$)/

/** Undefined for what is no key. */
export function readPublicKey(line: string): PublicKey | undefined {
  const [, options = '', type = '', base64 = ''] = LINE.exec(line) ?? []
  return base64 === '' ? undefined : { type, base64, options }
}

export const isSameKey = (one: PublicKey, other: PublicKey): boolean => one.base64 === other.base64
