import assert from 'node:assert/strict'
import test from 'node:test'
import type { MachineSettings, RunSettings } from '../../world/settings.ts'
import { hostSettings } from './gate-scenarios.ts'

const live = (host?: string): MachineSettings => ({
  ...{ address: 'ssh://root@somewhere', roles: ['web'], allow: [], source: 'nixcumber.config.json' },
  ...(host === undefined ? {} : { host }),
})
const machines = { t14: live(), laptop: live('t14'), db1: live(), other: live('db1') }
const settings: RunSettings = { projectDir: '/srv', offline: false, machines, keep: false, cacheDir: '/cache' }

test('what already runs as the host is no answer at this level: it is booted from the flake', () => {
  const { machines: judged } = hostSettings(settings, 't14', 'vm')
  assert.deepEqual(judged.t14, { roles: ['web'], allow: [] })
  assert.deepEqual(judged.laptop, { roles: ['web'], allow: [], host: 't14' })
})

test('other machines stay what they are', () => {
  const { machines: judged } = hostSettings(settings, 't14', 'vm')
  assert.deepEqual([judged.db1, judged.other], [machines.db1, machines.other])
})

test('at level installed the host is installed, whatever its machines are called', () => {
  assert.deepEqual(hostSettings(settings, 't14', 'installed').installed, ['t14'])
  assert.equal(hostSettings(settings, 't14', 'vm').installed, undefined)
})
