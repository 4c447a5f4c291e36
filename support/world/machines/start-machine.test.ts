import assert from 'node:assert/strict'
import test from 'node:test'
import { FakeClock } from '../../core/time/clock.ts'
import { OWN_MACHINE } from '../../machine/abilities.ts'
import { FakeMachine } from '../../machine/drivers/fake.ts'
import { LIVE_HOST } from '../../machine/drivers/ssh.ts'
import { fingerprint } from '../../machine/fingerprint.ts'
import type { ImagePlan, MachinePlan, SshPlan } from '../../machine/machine.ts'
import type { Size } from '../../record/run/run-record.ts'
import { SizeBook } from '../../record/sizes.ts'
import { provideContext } from '../context.ts'
import { NixWorld } from '../world.ts'
import { startMachine } from './start-machine.ts'

const named: ImagePlan = {
  kind: 'image',
  name: 't14',
  abilities: OWN_MACHINE,
  source: { script: 'run-t14-vm' },
  login: { user: 'root' },
}

/** A run with a machine named on the command line, and what is known of it when it is asked for. */
function run(plan: MachinePlan) {
  let known = plan
  const asked: string[] = []
  const machines = {
    names: ['t14'],
    plan: () => known,
    register: (next: MachinePlan) => {
      known = next
    },
    get: async () => {
      asked.push(fingerprint(known))
      return new FakeMachine({ kind: 'fake', name: 't14' })
    },
  }
  const sizes = new SizeBook()
  const record = {
    machine() {},
    flake() {},
    size: (name: string, size: Size, scenario: string) => sizes.add(name, size, [scenario]),
  }
  const progress = { note() {} }
  provideContext({
    settings: { machines: { t14: { address: 'run:x' } } },
    clock: new FakeClock(),
    flakes: {},
    machines,
    record,
    progress,
  } as never)
  return { asked, sizes, scenario: () => new NixWorld({ attach() {}, log() {}, link() {}, parameters: {} } as never) }
}

test('a machine that is answered while it boots is another one, and only in the scenario that answers', async () => {
  const { asked, scenario } = run(named)
  await startMachine(scenario(), 't14')
  const answering = scenario()
  answering.answers.push({ prompt: 'Please enter passphrase', secret: 'LUKS_PASSPHRASE' })
  await startMachine(answering, 't14')
  await startMachine(scenario(), 't14')
  const [before, answered, after] = asked
  assert.equal(before, after)
  assert.notEqual(before, answered)
  assert.match(answered ?? '', /LUKS_PASSPHRASE/)
})

test('what runs already asks for no answer, and stays the same machine', async () => {
  const { asked, scenario } = run({ kind: 'ssh', name: 't14', host: 't14', abilities: LIVE_HOST } as SshPlan)
  const answering = scenario()
  answering.answers.push({ prompt: 'Please enter passphrase', secret: 'LUKS_PASSPHRASE' })
  await startMachine(scenario(), 't14')
  await startMachine(answering, 't14')
  assert.equal(asked[0], asked[1])
})

test('scenarios of one title in two features are two in what is said of sizes', async () => {
  const { scenario, sizes } = run(named)
  for (const [file, memoryMiB] of [
    ['features/a.feature', 1024],
    ['features/b.feature', 4096],
  ] as const) {
    const world = scenario()
    world.scenario = { scenario: file, name: 'is up', key: `${file}: is up` }
    Object.assign(world, { flake: fakeFlake({ memoryMiB }) })
    await startMachine(world, 'web')
  }
  assert.deepEqual(sizes.told, {
    web: [
      { memoryMiB: 1024, scenarios: ['features/a.feature: is up'] },
      { memoryMiB: 4096, scenarios: ['features/b.feature: is up'] },
    ],
  })
})

const fakeFlake = (size: Size): unknown => ({
  plan: async () => ({ kind: 'nixos-shell', name: 'web', ...size }),
  subject: async () => ({ facts: async () => ({}) }),
})
