import assert from 'node:assert/strict'
import test from 'node:test'
import type { Machine } from '../../machine/machine.ts'
import { order } from './expected-faults.ts'
import { ailments, healthCheckWaived, unhealthy } from './health.ts'
import { illness, illnesses } from './health-check.ts'

const SICK = {
  panicked: '[    1.234567] Kernel panic - not syncing: Attempted to kill init! exitcode=0x00000100',
  'had a kernel oops': '[   12.000001] BUG: unable to handle page fault for address: ffffffffc0000000',
  'ran out of memory and killed a process':
    '[  99.1] Out of memory: Killed process 812 (stress) total-vm:812kB, anon-rss:1kB',
  'is in an emergency shell': 'You are in emergency mode. After logging in, type "journalctl -xb" to view',
  'has units that wait for each other':
    '[    3.1] systemd[1]: \u001b[0;1;31mb.service: Found ordering cycle on a.service/start\u001b[0m',
}

for (const [what, line] of Object.entries(SICK))
  test(`a machine ${what} when its console says so`, () =>
    assert.deepEqual(
      ailments(`[  OK  ] Started\r\n${line}\r\nmore`).map(found => found.what),
      [what],
    ))

test('an ordinary boot shows nothing', () =>
  assert.deepEqual(ailments('[ 0.0] Linux version\nWelcome to NixOS\noom_score_adj set\nt14 login: '), []))

test('the same ailment twice is one, with its first line, without colours', () => {
  const [found, ...others] = ailments(
    'a: \u001b[1mFound ordering cycle on b/start\nJob c deleted to break ordering cycle starting with d',
  )
  assert.deepEqual(others, [])
  assert.equal(found?.line, 'a: Found ordering cycle on b/start')
})

test('what a sentence ordered is no ailment, but only there, only so, and only for as long', () => {
  const oom = '[   99.1] Out of memory: Killed process 812 (stress) total-vm:812kB'
  const text = `${oom}\n[  120.0] quiet\n${oom}\n`
  const what = 'ran out of memory and killed a process'
  const middle = text.indexOf('[  120.0]')
  assert.deepEqual(ailments(text, [{ what, from: 0, until: text.length }]), [])
  assert.deepEqual(ailments(text, [{ what, from: 1000, until: 1000 + text.length }], 1000), [])
  assert.equal(ailments(text, [{ what, from: 0, until: middle }]).length, 1, 'one came after it was taken back')
  assert.equal(ailments(text, [{ what, from: middle, until: text.length }]).length, 1, 'one came before')
  assert.equal(ailments(text, [{ what: 'panicked', from: 0, until: text.length }]).length, 1, 'another ailment')
})

test('an ordered panic excuses no other panic', () => {
  const line = /sysrq triggered crash/
  const ordered = [{ what: 'panicked', line, from: 0, until: Number.POSITIVE_INFINITY }]
  const asked = 'Kernel panic - not syncing: sysrq triggered crash\n'
  assert.deepEqual(ailments(asked, ordered), [])
  assert.equal(ailments(`${asked}${SICK.panicked}\n`, ordered)[0]?.line, SICK.panicked)
})

test('a tag with a reason waives the check, one without is refused, others mean nothing', () => {
  assert.equal(healthCheckWaived(['@web', '@no-health-check:it-fills-memory']), 'it fills memory')
  assert.equal(healthCheckWaived(['@web']), undefined)
  assert.throws(() => healthCheckWaived(['@no-health-check']), /gives no reason/)
  assert.throws(() => healthCheckWaived(['@no-health-check:']), /gives no reason/)
})

test('the message names the machine, the lines and the way out', () =>
  assert.equal(
    unhealthy('web', ailments(SICK.panicked), 'evidence/web/console.log'),
    `Machine "web" panicked

  Console    ${SICK.panicked}
  Evidence   console: evidence/web/console.log
  Next       if it must be so, tag the scenario @no-health-check:WHY`,
  ))

/** A machine with nothing but a console. */
function talker(name: string): { machine: Machine; says(text: string): void } {
  let printed = ''
  const console = {
    get position() {
      return printed.length
    },
    since: (from: number) => printed.slice(from),
    transcriptFile: `${name}.log`,
  }
  return { machine: { name, console } as unknown as Machine, says: text => (printed += `${text}\n`) }
}

test('of several machines each is looked at, and what each shows belongs to one scenario', () => {
  const [a, b] = [talker('a'), talker('b')]
  const both = [a.machine, b.machine]
  order(b.machine, { what: 'ran out of memory and killed a process' })
  a.says(SICK.panicked)
  b.says(SICK['ran out of memory and killed a process'])
  assert.deepEqual(
    illnesses(both).map(({ machine }) => machine),
    ['a'],
  )
  assert.deepEqual(illnesses(both), [])
  // What was ordered in the former scenario is ordered no more, though the other machine was ill then.
  b.says(SICK['ran out of memory and killed a process'])
  a.says(SICK['had a kernel oops'])
  const found = illnesses(both)
  assert.deepEqual(
    found.map(({ machine }) => machine),
    ['a', 'b'],
  )
  assert.match(illness(found).message, /^Machine "a" had a kernel oops\n.*\n\nMachine "b" ran out of memory/s)
})
