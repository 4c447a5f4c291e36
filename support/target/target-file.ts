/** `target.json` of a run: the target as the run has seen it, for its reader and for the other processes of the run. */
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { parseTarget, type TargetFacts } from './facts.ts'
import type { TargetLook } from './look.ts'

const schema = z.object({
  format: z.literal(1),
  address: z.string(),
  looked: z.iso.datetime(),
  hostKey: z.object({ type: z.string(), fingerprint: z.string() }).optional(),
  /** In base64: lengths are announced in bytes. */
  said: z.base64(),
})

export interface SeenTarget extends Omit<TargetLook, 'said'> {
  readonly facts: TargetFacts
}

/** @returns the text of the file: what the target said, and the same as facts, which only its reader needs */
export const writtenTarget = ({ said, ...look }: TargetLook): string =>
  `${JSON.stringify({ format: 1, ...look, facts: parseTarget({ stdout: said }), said: said.toString('base64') }, undefined, 2)}\n`

/** @throws Error when there is none, or none of this form */
export function readTargetFile(file: string): SeenTarget {
  const { address, looked, hostKey, said } = schema.parse(JSON.parse(readFileSync(file, 'utf8')))
  return {
    ...{ address, looked, facts: parseTarget({ stdout: Buffer.from(said, 'base64') }) },
    ...(hostKey === undefined ? {} : { hostKey }),
  }
}
