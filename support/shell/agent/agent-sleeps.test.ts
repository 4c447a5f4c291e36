/** bash before 5.2 may wait for good in `read -t`: the agent must not sleep by it there (the same is run in support/testing/old-bash.real.test.ts). */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import test from 'node:test'
import { AGENT_FILE } from './agent-text.ts'

/** Waits with a time-out on anything but the line from the runner, which speaks again when it gets no answer. */
const sleepsIn = (script: string): string[] =>
  script
    .split('\n')
    .filter(
      line => /\bread\b[^;|&]*\s-t\s*(?!0\s)\S/.test(line) && !line.includes('-u "$nc_from"') && !/^\s*#/.test(line),
    )
    .map(line => line.trim())

const agent = readFileSync(AGENT_FILE, 'utf8')
const newer =
  /\nif \(\(BASH_VERSINFO\[0\] \* 100 \+ BASH_VERSINFO\[1\] < 502\)\); then\n[\s\S]*?\nelse\n([\s\S]*?)\nfi\n/.exec(
    agent,
  )?.[1] ?? ''

test('the agent sleeps by read -t only where bash is 5.2 or newer', () => {
  assert.equal(sleepsIn(newer).length, 2)
  assert.deepEqual(sleepsIn(agent.replace(newer, '')), [])
})

test('one elsewhere would be found', () => {
  assert.equal(sleepsIn('  until nc_sleeps 1; do read -r -t 0.005 -u "$nc_never" _; done').length, 1)
  assert.equal(sleepsIn('read -t "$time" _').length, 1)
  assert.deepEqual(sleepsIn('read -r -t 0 -u "$nc_idle"'), [])
})
