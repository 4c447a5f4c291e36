/** What is known of the image of a machine's store before it is made. */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { resolveStoreLink } from '../../nix/resolve-link.ts'
import type { Programs } from '../../nix/toolchain.ts'

export interface StoreImage {
  /** Store path of a folder with the program `make`, which writes the image to the path that it is given. */
  readonly maker: string
  /** Equal for equal contents: of each path its hash is in it, for a name of the store does not bind what lies there. */
  readonly key: string
  /** Of what will be in it; the image is about as large. */
  readonly bytes: number
}

const size = z.coerce.number().int().nonnegative()

/** @param maker as built from wrapper/store-image.nix */
export async function storeImageOf(maker: string, programs: Programs): Promise<StoreImage> {
  const closure = await resolveStoreLink(programs, join(maker, 'closure'))
  const [registration, bytes] = await Promise.all([
    readFile(join(closure, 'registration')),
    readFile(join(closure, 'total-nar-size'), 'utf8'),
  ])
  const key = createHash('sha256').update(`${maker}\n`).update(registration).digest('hex').slice(0, 20)
  return { maker, key, bytes: size.parse(bytes.trim()) }
}
