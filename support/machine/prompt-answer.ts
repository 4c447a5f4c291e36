import { UsageError } from '../core/errors.ts'
import { refuse } from '../core/refusal.ts'

/** What is typed when a machine asks for something on its console while it boots. Plain data, and part of what the machine is. */
export type PromptAnswer = {
  /** A part of what it prints when it asks. */
  readonly prompt: string
} & (
  | {
      /** Typed as it is. */
      readonly typed: string
    }
  | {
      /** Name of the environment variable that holds it; Enter follows. The value itself is never kept, printed or compared. */
      readonly secret: string
    }
)

export type Secret = Extract<PromptAnswer, { secret: string }>

/** What the reader is told when a secret was of no use. */
export const refusedBy = (machine: string, { prompt, secret }: Secret): string =>
  `${machine} asks "${prompt}" again after it was answered: is what ${secret} holds the right one?`

/** What the reader is told when an answer was of no use: a disk that was to be unlocked may not be in the machine. */
export const notAskedBy = (machine: string, { prompt }: PromptAnswer): string =>
  `${machine} was ready, and had not asked "${prompt}": the answer was given to nothing`

/** @throws UsageError when the variable of a secret is not set */
export const typedFor = (answer: PromptAnswer, env: NodeJS.ProcessEnv): string =>
  'typed' in answer ? answer.typed : `${secretValue(answer.secret, env)}\r`

/** @throws UsageError when the variable is not set */
export function secretValue(name: string, env: NodeJS.ProcessEnv): string {
  if (!/^[A-Za-z_]\w*$/.test(name))
    throw new UsageError(
      'A secret is named by the environment variable that holds it, and never written into a feature\n\n  Expected   a name such as "LUKS_PASSPHRASE"',
    )
  const value = env[name]
  if (value) return value
  throw refuse({
    what: `The secret "${name}" is not set`,
    expected: `an environment variable ${name} with the passphrase in it`,
    next: `read -rs ${name}; export ${name}; then start nixcumber again`,
  })
}
