import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { type Row, sentenceOf, stepsOf } from './rows.ts'

/** What nixcumber needs to know of a host. */
export interface Subject {
  readonly name: string
  /** As `--machine NAME=URL` takes it. */
  readonly url: string
}

export interface JudgeOptions {
  /** Sentences that say nothing of time wait so long, such as `2 seconds`; '' for their own time. They are asked `now` when absent. */
  readonly within?: string
  /** Steps of every scenario before its sentence, such as `When I run "true"`. */
  readonly before?: readonly string[]
  /** Options of `nixcumber run`, such as `--allow changes`. */
  readonly options?: readonly string[]
}

const BIN = join(import.meta.dirname, '../../../bin/nixcumber.js')
const TIMEOUT_MS = 240_000

/** A folder with a configuration and one feature, gone afterwards. */
export function newProject(host: Subject, rows: readonly Row[], { within, before = [], options = [] }: JudgeOptions) {
  const folder = mkdtempSync(join(tmpdir(), 'nixcumber-rows-'))
  const scenarios = rows.map(
    ([sentence], i) =>
      `  Scenario: ${i + 1}\n${[...before, ...stepsOf(sentenceOf(sentence, within))].map(line => `    ${line}\n`).join('')}`,
  )
  mkdirSync(join(folder, 'features'))
  writeFileSync(
    join(folder, 'nixcumber.config.json'),
    JSON.stringify({ machines: { [host.name]: host.url }, facts: false }),
  )
  writeFileSync(
    join(folder, 'features/rows.feature'),
    `Feature: Rows\n  Background:\n    Given machine "${host.name}" is running\n${scenarios.join('')}`,
  )
  const out = join(folder, 'out')
  return {
    out,
    async run() {
      const args = [BIN, 'run', '--out', out, ...options]
      const env = { NO_COLOR: '1', FORCE_COLOR: undefined }
      const { exitCode, all } = await execa(process.execPath, args, {
        cwd: folder,
        env,
        all: true,
        reject: false,
        timeout: TIMEOUT_MS,
      })
      return { exitCode, output: all }
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  }
}
