/** A container of a pod, as the kubelet says it is (core/v1, ContainerStatus). */
import { z } from 'zod'
import { time } from '../fields.ts'

export interface Container {
  readonly name: string
  readonly state: ContainerState
  /** How often the kubelet has started it again. */
  readonly restarts: number
  /** How it ended the last time before this. */
  readonly before?: Ended
}

export type ContainerState =
  | { readonly is: 'running' /** Seconds since 1970, by the node's clock. */; readonly since: number }
  | { readonly is: 'waiting'; readonly reason: string; readonly message: string }
  | ({ readonly is: 'terminated' } & Ended)

export interface Ended {
  readonly exitCode: number
  /** `Completed`, `Error`, `OOMKilled`. */
  readonly reason: string
}

const words = z
  .string()
  .nullish()
  .transform(text => text ?? '')
const ended = z.object({ exitCode: z.int(), reason: words })

/** One of them; none of them is waiting, for no reason yet (core/v1, ContainerState). */
const state = z
  .union([
    z.object({ running: z.object({ startedAt: time }) }),
    z.object({ terminated: ended }),
    z.object({ waiting: z.object({ reason: words, message: words }) }),
    z.strictObject({}),
  ])
  .transform((said): ContainerState => {
    if ('running' in said) return { is: 'running', since: said.running.startedAt }
    if ('terminated' in said) return { is: 'terminated', ...said.terminated }
    return { is: 'waiting', ...('waiting' in said ? said.waiting : { reason: '', message: '' }) }
  })

export const containerSchema = z
  .object({
    name: z.string(),
    state: state.optional(),
    restartCount: z.int().nonnegative(),
    lastState: z.object({ terminated: ended.optional() }).optional(),
  })
  .transform(
    ({ name, state: now, restartCount: restarts, lastState }): Container => ({
      name,
      state: now ?? { is: 'waiting', reason: '', message: '' },
      restarts,
      ...(lastState?.terminated && { before: lastState.terminated }),
    }),
  )
