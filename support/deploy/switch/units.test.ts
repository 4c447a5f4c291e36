import assert from 'node:assert/strict'
import test from 'node:test'
import { EnvironmentBroken } from '../../core/errors.ts'
import { minutes } from '../../core/time/duration.ts'
import { armRollback, endOf, isArmed, parseUnit } from './units.ts'

const OLD = `/nix/store/${'a'.repeat(32)}-nixos-system-web-25.11`
const said = (stdout: string, exitCode = 0) => ({ exitCode, stdout: Buffer.from(stdout), stderr: Buffer.from('') })
const start = (path: string) =>
  `{ path=${path} ; argv[]=${path} test ; ignore_errors=no ; start_time=[n/a] ; stop_time=[n/a] ; pid=0 }`
const WAITING = { ActiveState: 'active', SubState: 'waiting' }
const SERVICE = { ActiveState: 'inactive', ExecStart: start(`${OLD}/bin/switch-to-configuration`) }

test('the timer starts the old system, and tries again while another switch is at work', () => {
  const { script } = armRollback(OLD, minutes(10))
  assert.match(script, /--on-active=600s/)
  assert.match(script, /--property=Restart=on-failure/)
  assert.match(script, new RegExp(`${OLD}/bin/switch-to-configuration test$`))
})

test('it is armed when it waits, and would start the old system', () => {
  assert.ok(isArmed(WAITING, SERVICE, OLD))
  for (const timer of [{ ...WAITING, ActiveState: 'inactive' }, { ...WAITING, SubState: 'elapsed' }, {}])
    assert.ok(!isArmed(timer, SERVICE, OLD))
  for (const service of [{}, { ExecStart: '' }, { ExecStart: start(`${OLD}-2/bin/switch-to-configuration`) }])
    assert.ok(!isArmed(WAITING, service, OLD))
})

test('how a unit has ended', () => {
  const end = (facts: Record<string, string>) => endOf(facts)?.ok
  assert.equal(end({ ActiveState: 'activating', SubState: 'start' }), undefined)
  assert.equal(end({ ActiveState: 'active', SubState: 'exited' }), true)
  assert.equal(end({ ActiveState: 'failed', Result: 'exit-code', ExecMainStatus: '4' }), false)
  assert.equal(end({ ActiveState: 'inactive', SubState: 'dead' }), false)
})

test('what systemctl does not say is not known', () => {
  assert.deepEqual(parseUnit(said('ActiveState=active\nExecStart={ argv[]=a=b ; }\n')), {
    ...{ ActiveState: 'active', ExecStart: '{ argv[]=a=b ; }' },
  })
  for (const answer of [said(''), said('ActiveState=active\n', 1)])
    assert.throws(() => parseUnit(answer), EnvironmentBroken)
})
