import type { Pickle } from '@cucumber/messages'
import { textHash } from './text-hash.ts'

const DIGITS = 16

/** What a scenario does, whatever it is called and wherever it stands: a short hash of its steps' words, doc strings and tables. */
export function stepHash({ steps }: Pickle): string {
  const said = steps.map(({ text, argument }) => [
    text,
    argument?.docString?.content,
    argument?.dataTable?.rows.map(({ cells }) => cells.map(({ value }) => value)),
  ])
  return textHash(JSON.stringify(said)).slice('sha256-'.length, 'sha256-'.length + DIGITS)
}
