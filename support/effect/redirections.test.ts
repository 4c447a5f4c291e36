import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { chance } from '../core/chance.ts'
import { whyNoLook } from './command-effect.ts'

const NUMBERS = ['', '0', '1', '2', '3', '4']
const TARGETS = ['kept', '/dev/null', '/dev/stdout', '/dev/stderr', '/dev/fd/0', '/dev/fd/1', '/dev/fd/3', '/dev/stdin']

/** Redirections in any order, around `echo`, of which some end in writing to the file `kept`. */
function shuffled(random: () => number): string {
  const below = (count: number): number => Math.floor(random() * count)
  const pick = (from: readonly string[]): string => from[below(from.length)] ?? ''
  const one = (): string => {
    const number = pick(NUMBERS)
    if (below(2) === 0) return `${number}${pick(['<', '>', '>>'])}${pick(TARGETS)}`
    return `${number}${pick(['<&', '>&'])}${pick(['0', '1', '2', '3', '4', '-'])}`
  }
  const some = (): string => Array.from({ length: 1 + below(3) }, one).join(' ')
  const body = `echo evil ${some()}`
  return pick([
    body,
    `exec ${some()}; ${body}`,
    `{ ${body}; } ${some()}`,
    `sh -c '${body}' ${some()}`,
    `(${body}) ${some()}`,
  ])
}

const skip = existsSync('/bin/bash') ? false : 'needs /bin/bash'
test('no file is written to by redirections that are taken for a look, in any order', { skip }, t => {
  const folder = mkdtempSync(join(tmpdir(), 'redirections-'))
  const kept = join(folder, 'kept')
  const random = chance('redirections', process.env.NIXCUMBER_SEED ?? '1')
  let looks = 0
  try {
    const scripts = Array.from({ length: 20_000 }, () => shuffled(random)).filter(script => !whyNoLook(script))
    looks = scripts.length
    writeFileSync(kept, 'kept')
    for (const script of scripts.slice(0, 400)) {
      execFileSync('/bin/bash', ['-c', `${script}\ntrue`], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
      assert.equal(readFileSync(kept, 'utf8'), 'kept', script)
      assert.deepEqual(readdirSync(folder), ['kept'], script)
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
  t.diagnostic(`${looks} were looks`)
  assert.ok(looks > 300, `only ${looks} were looks`)
})
