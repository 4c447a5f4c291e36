import assert from 'node:assert/strict'
import test from 'node:test'
import type { RunningMachine } from '../../machine/runtime/running-machines.ts'
import { chooseRunning } from './choose-running.ts'

const machine = (name: string, runner: number, folder: string): RunningMachine => ({
  ...{ name, runner, folder, console: '/c', transcriptFile: '/t', since: runner },
})
const ALL = [machine('web', 1, '/one'), machine('web', 2, '/two'), machine('db', 2, '/two'), machine('db', 3, '/two')]

test('a name that is there once, or once in this folder, or with its runner', () => {
  assert.equal(chooseRunning('web', ALL.slice(0, 1), '/elsewhere')?.runner, 1)
  assert.equal(chooseRunning('web', ALL, '/one')?.runner, 1)
  assert.equal(chooseRunning('web@2', ALL, '/one')?.runner, 2)
  assert.equal(chooseRunning('mail', ALL, '/one'), undefined)
})

test('of several the newest is not taken in silence: all are told', () => {
  const said =
    /^2 machines are named "web": which one\?\n[\s\S]*web@1, of a run begun in \/one\n[\s\S]*web@2, .* \/two\n[\s\S]*nixcumber shell web@1/
  assert.throws(() => chooseRunning('web', ALL, '/elsewhere'), { name: 'UsageError', message: said })
  assert.throws(() => chooseRunning('db', ALL, '/two'), { name: 'UsageError', message: /db@2/ })
})
