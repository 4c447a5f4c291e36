/** Kinds of values that a verdict is made of. */
import { z } from 'zod'

/** No control characters: a verdict is shown at a terminal. Of one line each. */
export const text = z
  .string()
  .min(1)
  .max(4000)
  .regex(/^[^\p{Cc}\u2028\u2029]*$/u, 'text of one line')
export const sha256 = z.string().regex(/^sha256-[0-9a-f]{64}$/, 'sha256- and 64 hexadecimal digits')
export const narHash = z.string().regex(/^sha256-[A-Za-z0-9+/]{43}=$/, 'a hash as Nix writes it')
export const storePath = z.string().regex(/^\/nix\/store\/[0-9a-z]{32}-[\w.+?=-]+$/, 'a path of /nix/store')
export const derivation = storePath.regex(/\.drv$/, 'a derivation')
export const commit = z.string().regex(/^[0-9a-f]{40,64}$/, 'a commit')
/** Seconds are enough, and one way to write each. */
export const moment = z.iso.datetime({ precision: 0 })
export const count = z.number().int().min(0)
