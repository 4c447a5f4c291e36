import { styleText } from 'node:util'
import { NixcumberError } from '../../core/errors.ts'

export interface Finding {
  readonly what: string
  /** `bad` keeps features from being judged here; `poor` makes it slow, scarce or uncertain. */
  readonly state: 'good' | 'poor' | 'bad'
  readonly fact: string
  readonly remedy?: string
}

const SIGN = { good: ['✓', 'green'], poor: ['!', 'yellow'], bad: ['✗', 'red'] } as const

export function render({ what, state, fact, remedy }: Finding): string {
  const [sign, colour] = SIGN[state]
  const line = `${styleText(colour, sign)} ${what.padEnd(12)} ${fact}`
  return remedy === undefined ? line : `${line}\n  ${' '.repeat(12)} → ${remedy}`
}

/** What a run would end with, as it would tell it. @throws whatever is no error of ours */
export function broken(what: string, error: unknown, state: 'poor' | 'bad' = 'bad'): Finding {
  if (!(error instanceof NixcumberError)) throw error
  const [first = '', ...more] = error.message.split('\n')
  const row = (name: string): string | undefined => new RegExp(`^\\s*${name}\\s+(.*)$`, 'm').exec(more.join('\n'))?.[1]
  const [got, remedy] = [row('Got') ?? row('Reason'), row('Next')]
  return {
    what,
    state,
    fact: got === undefined ? first : `${first}: ${got}`,
    ...(remedy === undefined ? {} : { remedy }),
  }
}
