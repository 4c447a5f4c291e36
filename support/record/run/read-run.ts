/** A recorded run, read back. What a killed run left is a record too: everything up to the moment it was killed. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Envelope } from '@cucumber/messages'
import { z } from 'zod'
import { refuse } from '../../core/refusal.ts'
import { type RunJson, runJson } from './run-json.ts'

export interface RecordedRun {
  /** As the reader has named it. */
  readonly name: string
  readonly folder: string
  readonly run: RunJson
  readonly envelopes: readonly Envelope[]
  /** The last line was not written to its end. */
  readonly torn: boolean
}

/** @throws UsageError when there is no run, or something that is none */
export function readRun(name: string, folder: string): RecordedRun {
  for (const file of ['run.json', 'messages.ndjson'])
    if (!existsSync(join(folder, file)))
      throw refuse({
        what: `${name} is no recorded run`,
        expected: 'a folder with run.json and messages.ndjson, as `run --out FOLDER` leaves it',
        got: `no ${file} in it`,
      })
  return { name, folder, run: readJson(name, join(folder, 'run.json')), ...readMessages(name, folder) }
}

function readJson(name: string, file: string): RunJson {
  try {
    return runJson.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch (error) {
    const got = error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message
    throw refuse({ what: `run.json in ${name} is none of nixcumber's`, got })
  }
}

function readMessages(name: string, folder: string): { envelopes: Envelope[]; torn: boolean } {
  const lines = readFileSync(join(folder, 'messages.ndjson'), 'utf8').split('\n')
  const rest = lines.pop() ?? ''
  const envelopes = lines.map((line, i) => envelopeOf(line) ?? broken(name, i + 1))
  const last = rest === '' ? undefined : envelopeOf(rest)
  return { envelopes: last ? [...envelopes, last] : envelopes, torn: rest !== '' && last === undefined }
}

/** One key that says what it is, and an object that is it: cucumber's own shape. */
const envelope = z.record(z.string(), z.record(z.string(), z.unknown()))

function envelopeOf(line: string): Envelope | undefined {
  try {
    const parsed = JSON.parse(line) as Envelope
    return envelope.safeParse(parsed).success ? parsed : undefined
  } catch {
    return undefined
  }
}

function broken(name: string, line: number): never {
  throw refuse({
    what: `messages.ndjson in ${name} is damaged`,
    expected: "one of cucumber's messages in each line",
    got: `something else in line ${line}`,
  })
}
