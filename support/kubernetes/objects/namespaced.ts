/** What is in a namespace, by its name: there or not, and whether the namespace is. */
import { z } from 'zod'
import type { Fact } from '../../probe/fact.ts'
import { type ApiAnswer, bodyOf, ClusterUnanswered } from '../access/api-answer.ts'
import type { ApiPath } from '../access/ask-api.ts'

export interface Named {
  readonly name: string
  readonly namespace: string
}

export interface Namespaced<T> extends Named {
  /** Undefined when there is none of that name. */
  readonly is?: T
  readonly hasNamespace: Fact<boolean>
}

export const namespacePath = (namespace: string): ApiPath => `/api/v1/namespaces/${namespace}`

interface Answered<T> {
  readonly one: ApiAnswer | undefined
  readonly namespace: ApiAnswer | undefined
  /** As the object names itself: `Pod`. */
  readonly kind: string
  readonly schema: z.ZodType<T>
  /** `pod web in namespace shop`. */
  readonly what: string
}

/** @throws ClusterUnanswered when it is not told whether there is one, or what there is cannot be read */
export function readNamespaced<T>(
  { one, namespace, kind, schema, what }: Answered<T>,
  { name, namespace: of }: Named,
): Namespaced<T> {
  const found = { name, namespace: of, hasNamespace: thereIs(namespace) }
  if (one && 'absent' in one) return found
  const body = bodyOf(one, what)
  const read = schema.safeParse(body)
  if (read.success && z.looseObject({ kind: z.literal(kind) }).safeParse(body).success)
    return { ...found, is: read.data }
  throw new ClusterUnanswered(`${what} could not be read: the API server answered with what has not its form`)
}

/** Whether the answer is an object, or that there is none. */
export function thereIs(answer: ApiAnswer | undefined): Fact<boolean> {
  if (answer === undefined) return { unknown: 'it was not asked for' }
  return 'unknown' in answer ? answer : { is: 'body' in answer }
}
