/** How many bytes a closure has, as Nix tells each path's. */
import { z } from 'zod'
import { EnvironmentBroken } from '../core/errors.ts'

const size = z.object({ narSize: z.number().int().nonnegative() })
/** Nix 2.19 and newer tell an object by path, older ones a list. */
const schema = z.union([z.array(size), z.record(z.string(), size).transform(all => Object.values(all))])

/** @param answer of `nix path-info --json --recursive`. @throws EnvironmentBroken when it says no size of a path */
export function closureSize(path: string, answer: unknown): number {
  const parsed = schema.safeParse(answer)
  if (parsed.success && parsed.data.length > 0) return parsed.data.reduce((sum, { narSize }) => sum + narSize, 0)
  throw new EnvironmentBroken(`Nix does not say how large ${path} is`)
}
