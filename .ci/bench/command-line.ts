/** What nixcumber itself costs, without any machine. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Envelope } from '@cucumber/messages'
import { execa } from 'execa'
import { median, ms, type Part, s, time } from './measure.ts'

const BIN = resolve('bin/nixcumber.js')

export const commandLine: Part = async say => {
  const folder = mkdtempSync(join(tmpdir(), 'nixcumber-bench-'))
  mkdirSync(join(folder, 'features'))
  writeFileSync(join(folder, 'features/one.feature'), feature(1))
  const bare = await median(5, () => execa('node', ['-e', '']))
  const starts: number[] = []
  for (let i = 0; i < 5; i++) starts.push(await toFirstStep(folder))
  const start = starts.sort((a, b) => a - b)[2] ?? Number.NaN
  say('start to the first step', ms(start), `bare node ${ms(bare)}; wanted: under 1.5 s`)
  writeFileSync(join(folder, 'features/many.feature'), feature(500))
  const dry = await time(() => run(folder, '--dry-run', 'features/many.feature'))
  say('--dry-run of 500 scenarios', s(dry), 'wanted: under 3 s')
  rmSync(folder, { recursive: true })
}

const feature = (count: number): string =>
  `Feature: Many\n${Array.from({ length: count }, (_, i) => `  Scenario: number ${i}\n    Given the flake "."\n`).join('\n')}`

const run = (cwd: string, ...words: string[]) =>
  execa('node', [BIN, 'run', '--out', 'out', ...words], { cwd, reject: false })

/** From the moment the command is given until its first step has begun, by the run's own messages. */
async function toFirstStep(folder: string): Promise<number> {
  const start = Date.now()
  await run(folder, 'features/one.feature')
  const lines = readFileSync(join(folder, 'out/messages.ndjson'), 'utf8').trim().split('\n')
  const first = lines.map(line => (JSON.parse(line) as Envelope).testStepStarted).find(it => it !== undefined)
  if (!first) throw new Error('No step was started')
  return first.timestamp.seconds * 1000 + first.timestamp.nanos / 1e6 - start
}
