import { z } from 'zod'

/** One input of a flake as the lock says, or as Nix would lock it. */
export interface LockedInput {
  readonly url: string
  readonly revision?: string
  readonly narHash?: string
  /** When its revision was made, in seconds since 1970; unknown of what has none. */
  readonly lastModified?: number
  /** `false` for a plain source tree (`flake = false`). */
  readonly flake: boolean
}

export interface FlakeMetadata {
  /** The copy in the store. */
  readonly storePath: string
  /** Absent when the tree is dirty or under no version control; `dirtyRevision` then tells what it started from. */
  readonly revision?: string
  readonly dirtyRevision?: string
  readonly narHash?: string
  /** Of source and lock; absent of a dirty tree. */
  readonly fingerprint?: string
  /** Inputs at any depth, by their names in the lock, of which it does not say what they are. */
  readonly unlocked: readonly string[]
  /** Direct inputs by their names in the flake. Those that follow another are left out. */
  readonly inputs: Readonly<Record<string, LockedInput>>
}

const reference = z.record(z.string(), z.unknown())
export const metadataSchema = z.object({
  path: z.string(),
  revision: z.string().optional(),
  dirtyRevision: z.string().optional(),
  fingerprint: z.string().optional(),
  locked: reference.optional(),
  locks: z.object({
    root: z.string(),
    nodes: z.record(
      z.string(),
      z.object({
        flake: z.boolean().default(true),
        inputs: z.record(z.string(), z.union([z.string(), z.array(z.string())])).default({}),
        locked: reference.optional(),
      }),
    ),
  }),
})

export function toMetadata(raw: z.infer<typeof metadataSchema>): FlakeMetadata {
  const { nodes, root } = raw.locks
  const inputs = Object.entries(nodes[root]?.inputs ?? {}).flatMap(([name, node]) => {
    const found = typeof node === 'string' ? nodes[node] : undefined
    return found?.locked ? [[name, { ...lockedInput(found.locked), flake: found.flake }] as const] : []
  })
  const narHash = text(raw.locked?.narHash)
  return {
    storePath: raw.path,
    ...(raw.revision ? { revision: raw.revision } : {}),
    ...(raw.dirtyRevision ? { dirtyRevision: raw.dirtyRevision } : {}),
    ...(narHash ? { narHash } : {}),
    ...(raw.fingerprint ? { fingerprint: raw.fingerprint } : {}),
    unlocked: Object.entries(nodes).flatMap(([name, { locked = {} }]) =>
      name === root || isLocked(locked) ? [] : [name],
    ),
    inputs: Object.fromEntries(inputs),
  }
}

/** By what it is, not by where it is. A folder inside of another input is locked with that. */
const isLocked = ({ type, path, narHash, dirtyRev }: Readonly<Record<string, unknown>>): boolean => {
  const inside = type === 'path' && typeof path === 'string' && !path.startsWith('/')
  return dirtyRev === undefined && (inside || text(narHash) !== undefined)
}

function lockedInput(locked: Readonly<Record<string, unknown>>): Omit<LockedInput, 'flake'> {
  const revision = text(locked.rev)
  const narHash = text(locked.narHash)
  const { lastModified } = locked
  return {
    url: url(locked),
    ...(revision ? { revision } : {}),
    ...(narHash ? { narHash } : {}),
    ...(typeof lastModified === 'number' ? { lastModified } : {}),
  }
}

/** A flake reference in the form its user writes: `github:NixOS/nixpkgs`, `path:/srv/inputs/nixpkgs`. */
function url(locked: Readonly<Record<string, unknown>>): string {
  const { type, owner, repo, url: address, path } = locked
  if (owner !== undefined) return `${text(type)}:${text(owner)}/${text(repo)}`
  return address === undefined ? `${text(type)}:${text(path) ?? ''}` : (text(address) ?? '')
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)
