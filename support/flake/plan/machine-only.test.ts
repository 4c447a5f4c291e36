import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ConfigurationBroken, EnvironmentBroken } from '../../core/errors.ts'
import { nixError } from '../../nix/reason/nix-error.ts'
import type { Subject } from '../subject.ts'
import { blameMachine } from './machine-only.ts'

const MISSING = {
  kind: 'unknown-option',
  message: "The option `programs.git' does not exist.",
  fault: 'configuration',
  retryable: false,
} as const
const refused = (file?: string) => nixError('host "t14" does not evaluate', { ...MISSING, ...(file ? { file } : {}) })

const hostThat = (evaluates: boolean): Pick<Subject, 'toplevel'> => ({
  toplevel: async () => {
    if (!evaluates) throw refused()
    return {} as Awaited<ReturnType<Subject['toplevel']>>
  },
})

test('a host that evaluates is not blamed for the machine that is made of it', async () => {
  const blamed = await blameMachine(refused(), hostThat(true), 't14')
  assert.ok(blamed instanceof EnvironmentBroken)
  assert.match(
    blamed.message,
    /^host "t14" evaluates, but the virtual machine that is made of it does not: The option `programs\.git'/,
  )
  assert.match(blamed.message, /Next +a newer NixOS may have/)
})

test('one that does not evaluate itself is', async () =>
  assert.ok((await blameMachine(refused(), hostThat(false), 't14')) instanceof ConfigurationBroken))

test('so is its own vmVariant: the place is in its files', async () =>
  assert.ok((await blameMachine(refused('hosts/t14.nix'), hostThat(true), 't14')) instanceof ConfigurationBroken))

test('what is no refusal stays what it is', async () => {
  const lost = new Error('no network')
  assert.equal(await blameMachine(lost, hostThat(true), 't14'), lost)
})
