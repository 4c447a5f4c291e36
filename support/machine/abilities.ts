import type { MachinePlan } from './machine.ts'

/** What a driver knows of its machines, as data in each plan. The code asks for these, never for the kind of a plan. */
export interface Abilities {
  /** `run`: made by this run, and gone with it. `live`: it ran before, and goes on when nixcumber leaves. */
  readonly owner: 'run' | 'live'
  /** Its power is ours: it can be switched on, and booted anew. */
  readonly bootable: boolean
  /** The plan says everything that its state depends on: a state may be kept for later runs. */
  readonly keepable: boolean
  /** It takes memory of this computer, which is reserved before it boots. */
  readonly takesMemory: boolean
  /** Steps that change it are refused until the user allows them by name. */
  readonly guarded: boolean
  /** How it is entered: by the harness's agent, by a login on its console, or by its own sshd. */
  readonly entry: 'agent' | 'login' | 'ssh'
}

/** A driver that says nothing gets the careful answer: its machines are live hosts that are only looked at. */
const UNSAID: Abilities = {
  owner: 'live',
  bootable: false,
  keepable: false,
  takesMemory: true,
  guarded: true,
  entry: 'ssh',
}

/** A virtual machine of this run. */
export const OWN_MACHINE: Abilities = {
  owner: 'run',
  bootable: true,
  keepable: true,
  takesMemory: true,
  guarded: false,
  entry: 'agent',
}

export const abilitiesOf = ({ abilities }: Pick<MachinePlan, 'abilities'>): Abilities => ({ ...UNSAID, ...abilities })

export const isLivePlan = (plan: Pick<MachinePlan, 'abilities'>): boolean => abilitiesOf(plan).owner === 'live'

/** The command by which a person looks inside, where there is one: a live host is entered as its owner does. */
export function enterCommand({ name, enter, ...plan }: MachinePlan): string | undefined {
  const { owner, entry } = abilitiesOf(plan)
  return enter ?? (owner === 'run' && entry !== 'ssh' ? `nixcumber shell ${name}` : undefined)
}
