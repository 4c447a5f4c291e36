/** Fields of the API's answers, each known or unknown: servers older or newer than this program have others. */
import { z } from 'zod'
import type { Fact } from '../probe/fact.ts'
import type { ApiAnswer } from './access/api-answer.ts'

const unreadable = (name: string): { readonly unknown: string } => ({
  unknown: `the API server's answer has no ${name} that can be read`,
})

/** A field that must be there. @param name as it stands in the API's reference: `status.nodeInfo.kubeletVersion` */
export const field = <T>(schema: z.ZodType<T>, name: string) =>
  schema.transform((is): Fact<T> => ({ is })).catch((): Fact<T> => unreadable(name))

/** One that Kubernetes leaves out when it is empty (`omitempty`), or null. */
export const orEmpty = <T>(schema: z.ZodType<T>, empty: T, name: string) =>
  schema
    .nullish()
    .transform((is): Fact<T> => ({ is: is ?? empty }))
    .catch((): Fact<T> => unreadable(name))

/** A part that the API's reference has; empty where it was left out, so that each field in it is unknown. */
export const part = <T extends z.ZodRawShape>(shape: T) => z.preprocess(value => value ?? {}, z.object(shape))

/** What a schema makes of an answer without which something can still be told. */
export function factOf<T>(answer: ApiAnswer | undefined, schema: z.ZodType<T>, name: string): Fact<T> {
  if (answer === undefined || 'absent' in answer) return { unknown: `the API server does not know of ${name}` }
  if ('unknown' in answer) return { unknown: answer.unknown }
  const read = schema.safeParse(answer.body)
  return read.success ? { is: read.data } : unreadable(name)
}

/** A time of the API (RFC 3339), in seconds since 1970. */
export const time = z.iso.datetime({ offset: true }).transform(text => Date.parse(text) / 1000)
