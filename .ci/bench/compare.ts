/** What a comparison of two large runs costs, beside two JSON parsers that only read the same records. The runs are really made. */
import { cpSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { execa } from 'execa'
import { type Part, ratio, s } from './measure.ts'

const BIN = resolve('bin/nixcumber.js')
const FILES = 50
const EACH = 100
const MOST_MEMORY = `data:text/javascript,${encodeURIComponent("process.on('exit', () => console.error('MiB', Math.round(process.resourceUsage().maxRSS / 1024)))")}`

export const compare: Part = async say => {
  const folder = mkdtempSync(join(tmpdir(), 'nixcumber-bench-'))
  cpSync(resolve('fixtures/suites/course'), folder, { recursive: true })
  rmSync(join(folder, 'features/course.feature'))
  for (let i = 0; i < FILES; i++) writeFileSync(join(folder, `features/f${i}.feature`), feature(i))
  const [first] = await measured(folder, 'run', '--out', 'base')
  for (let i = 0; i < FILES; i++) writeFileSync(join(folder, `s${i}`), 'broken')
  await measured(folder, 'run', '--out', 'now')
  const size = statSync(join(folder, 'base/messages.ndjson')).size / 2 ** 20
  say(`a run of ${FILES * EACH} scenarios`, s(first), `${Math.round(size)} MiB of messages`)
  const [plain] = await measured(folder, 'compare', 'base', 'now')
  const [took, memory] = await measured(folder, 'compare', 'base', 'now', '--html', 'new.html', '--markdown', 'new.md')
  const reading = await parsing(folder)
  say('comparing two of them', s(plain), `reading both by JSON.parse alone ${s(reading)}: ${ratio(plain, reading)}`)
  say(
    'with HTML and Markdown',
    s(took),
    `${memory} MiB at its peak; the page has ${Math.round(statSync(join(folder, 'new.html')).size / 1024)} KiB`,
  )
  rmSync(folder, { recursive: true })
}

const feature = (at: number): string =>
  `Feature: Number ${at}\n${Array.from({ length: EACH }, (_, i) => {
    const state = i % 10 === 0 ? `s${at}` : 'other'
    return `  Scenario: ${at} ${i}\n    Then the state of "${state}" is "whole"\n    And the state of "a" is "b"\n    And the state of "c" is "d"\n`
  }).join('\n')}`

/** Milliseconds, and MiB at the peak. */
async function measured(cwd: string, ...words: string[]): Promise<[number, number]> {
  const start = performance.now()
  const { stderr } = await execa('node', ['--import', MOST_MEMORY, BIN, ...words], { cwd, reject: false })
  return [performance.now() - start, Number(/MiB (\d+)/.exec(stderr)?.[1])]
}

async function parsing(cwd: string): Promise<number> {
  const script = `for (const run of ['base', 'now']) require('node:fs').readFileSync(run + '/messages.ndjson', 'utf8').split('\\n').forEach(line => line && JSON.parse(line))`
  const start = performance.now()
  await execa('node', ['-e', script], { cwd })
  return performance.now() - start
}
