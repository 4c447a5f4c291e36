/** What several workers save: 40 scenarios without a machine, half a second of one core each. And when they only wait, as for machines. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { execa } from 'execa'
import { type Part, ratio, s, time } from './measure.ts'

const BIN = resolve('bin/nixcumber.js')
const SCENARIOS = 40

export const workers: Part = async say => {
  const folder = mkdtempSync(join(tmpdir(), 'nixcumber-bench-'))
  mkdirSync(join(folder, 'features/steps'), { recursive: true })
  writeFileSync(join(folder, 'features/steps/work.ts'), STEPS)
  for (const [kind, what] of [
    ['computes', `${SCENARIOS} scenarios that compute 0.5 s, ${availableParallelism()} cores`],
    ['waits', `${SCENARIOS} scenarios that wait 0.5 s`],
  ] as const) {
    writeFileSync(join(folder, 'features/many.feature'), feature(kind))
    const serial = await run(folder, '1')
    say(`${what}, one worker`, s(serial))
    for (const count of ['2', '4']) {
      const took = await run(folder, count)
      say(`${what}, ${count} workers`, s(took), `${ratio(took, serial)} one worker's time`)
    }
  }
  rmSync(folder, { recursive: true })
}

const feature = (kind: string): string =>
  `Feature: Many\n${Array.from({ length: SCENARIOS }, (_, i) => `  Scenario: number ${i}\n    Then it ${kind}\n`).join('\n')}`

/** As much computing for everybody, whatever else the computer does: so many rounds take half a second of an idle core here. */
const STEPS = `import { pbkdf2Sync } from 'node:crypto'
import { milliseconds, Then } from 'nixcumber'
Then('it computes', () => void pbkdf2Sync('a', 'b', 800_000, 64, 'sha256'))
Then('it waits', function () { return this.context.clock.wait(milliseconds(500)) })
`

async function run(cwd: string, parallel: string): Promise<number> {
  const took = await time(() =>
    execa('node', [BIN, 'run', '--parallel', parallel, '--out', 'out'], { cwd, reject: false }),
  )
  const { verdict } = JSON.parse(readFileSync(join(cwd, 'out/run.json'), 'utf8')) as { verdict?: string }
  if (verdict !== `GO  ${SCENARIOS} scenarios held`) throw new Error(`Not what was to be measured: ${verdict}`)
  return took
}
