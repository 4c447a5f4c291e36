/** Judges a sentence by the very step that runs on machines; only the machine's shell, console and clock are made of answers. */
import { DataTable } from '@cucumber/cucumber'
import type { Guest, Outcome, Reply } from '../../claim/rows/row.ts'
import { NixcumberError } from '../../core/errors.ts'
import { FakeClock } from '../../core/time/clock.ts'
import { FakeMachine } from '../../machine/drivers/fake.ts'
import type { Machine } from '../../machine/machine.ts'
import { provideContext } from '../context.ts'
import { PrivateNetwork } from '../network/private-network.ts'
import { NixWorld } from '../world.ts'
import { meanings } from './step-definitions.ts'

export interface Judged {
  readonly outcome: Outcome
  /** What is told to the user. */
  readonly message: string
  readonly elapsedMs: number
}

export async function ask(sentence: string, guest: Guest | Reply): Promise<Judged> {
  const known: Guest = 'exitCode' in guest || guest instanceof Error ? { replies: guest } : guest
  const clock = new FakeClock()
  const world = worldOf(known, clock)
  try {
    for (const step of known.before ?? []) await perform(world, step)
    world.judging = true
    const start = clock.now()
    await perform(world, sentence, known)
    return { outcome: 'holds', message: '', elapsedMs: clock.now() - start }
  } catch (error) {
    if (!(error instanceof NixcumberError)) throw error
    return { outcome: OUTCOMES[error.exitCode], message: error.message, elapsedMs: clock.now() }
  }
}

const OUTCOMES = { 1: 'not met', 2: 'refused', 3: 'could not check' } as const

async function perform(world: NixWorld, sentence: string, { table, text }: Guest = {}): Promise<void> {
  const [step, ...others] = meanings(sentence)
  if (!step || others.length > 0) throw new Error(`${others.length + 1} steps have the sentence: ${sentence}`)
  const words = (step.expression.match(sentence) ?? []).map(argument => argument.getValue(world))
  const below = table ? [new DataTable(table.map(row => [...row]))] : text === undefined ? [] : [text]
  await (step.code as (this: NixWorld, ...args: unknown[]) => unknown).apply(world, [...words, ...below])
}

function worldOf(guest: Guest, clock: FakeClock): NixWorld {
  const machine = machineOf(guest, clock)
  const network = new PrivateNetwork(clock, 1)
  if (guest.network) network.take(guest.network, [], new Map())
  provideContext({
    settings: { machines: {} },
    clock,
    flakes: {},
    network,
    machines: { names: ['box'], get: async () => machine, markDirty: async () => {}, markSuspect: async () => {} },
  } as never)
  const world = new NixWorld({ attach() {}, log() {}, link() {}, parameters: {} } as never)
  world.inPlay.set('box', machine)
  Object.assign(world, {
    flake: { toplevel: async (host: string) => `/nix/store/${'a'.repeat(32)}-nixos-system-${host}` },
  })
  return world
}

function machineOf(
  { replies, state, console, consoleLost = 0, screen, openPorts = [], otherPorts }: Guest,
  clock: FakeClock,
): Machine {
  const machine = new FakeMachine({
    kind: 'fake',
    name: 'box',
    openPorts,
    ...(otherPorts !== undefined && { otherPorts }),
    async answering({ script }) {
      const reply = typeof replies === 'function' ? replies(script, clock.now()) : replies
      if (reply instanceof Error) throw reply
      return reply ?? {}
    },
  })
  if (typeof state === 'string') machine.become(state)
  const outside = {
    ...(typeof state === 'function' && { state: async () => state(clock.now()) }),
    ...(console !== undefined && {
      console: { since: () => console, keptFrom: consoleLost, transcriptFile: 'console.log' },
    }),
    ...(screen && { hardware: { textScreen: async () => (screen === 'graphics' ? undefined : { rows: screen }) } }),
  }
  return Object.assign(machine, outside as unknown as Partial<Machine>)
}
