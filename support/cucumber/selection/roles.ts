/** Scenarios tagged `@role:NAME`: one copy for each machine that has the role. Pure but for fresh ids. */
import { randomUUID } from 'node:crypto'
import type { Pickle } from '@cucumber/messages'
import { refuse } from '../../core/refusal.ts'
import { MACHINE_TAG, taggedMachine } from '../../record/machine-tag.ts'
import type { MachineSettings } from '../../world/settings.ts'

export const ROLE_TAG = '@role:'
/** The role of every machine. */
export const EVERY_ROLE = 'all'

type Machines = Readonly<Record<string, MachineSettings>>

export class FanOut {
  readonly #machines: Machines
  readonly #chosen: readonly string[] | undefined
  readonly #copies = new Map<string, readonly Pickle[]>()

  /** @param chosen of `--on`; absent without */
  constructor(machines: Machines, chosen?: readonly string[]) {
    this.#machines = machines
    this.#chosen = chosen
  }

  /** The same ones whenever asked. A scenario without a role, or with one that no machine has, is its own only copy. */
  copies(pickle: Pickle): readonly Pickle[] {
    const known = this.#copies.get(pickle.id)
    if (known) return known
    const names = taggedMachine(pickle) === undefined ? this.#having(rolesOf(pickle)) : []
    const made = names.length === 0 ? [pickle] : names.map(name => copyFor(pickle, name))
    this.#copies.set(pickle.id, made)
    return made
  }

  /** With `--on`: it is about these machines, and about no other. */
  isChosen(pickle: Pickle): boolean {
    const chosen = this.#chosen
    if (!chosen) return true
    const names = Object.keys(this.#machines)
    const words = wordsOf(pickle)
    const named = names.filter(name => words.has(name))
    // Where there is one machine only, it need not be named.
    const meant = named.length === 0 && names.length === 1 ? names : named
    return meant.length > 0 && meant.every(name => chosen.includes(name))
  }

  /** @throws UsageError for a scenario that waits for a machine which is not there, with the roles there are */
  refuseRoleless(pickle: Pickle): void {
    const roles = rolesOf(pickle)
    if (roles.length === 0 || taggedMachine(pickle) !== undefined) return
    const known = rolesIn(this.#machines)
    const absent = roles.find(role => !known.includes(role))
    const some = Object.keys(this.#machines).length > 0
    const wanted = absent === undefined ? `the roles ${roles.join(' and ')} together` : `the role "${absent}"`
    throw refuse({
      what: `No machine has ${wanted}, for ${pickle.uri}:${pickle.location?.line ?? 0}  ${pickle.name}`,
      got: absent ?? roles.join(' '),
      ...(some
        ? { known }
        : { expected: 'machines, by `machines` in nixcumber.config, --inventory FILE or --machine NAME=URL' }),
    })
  }

  #having(roles: readonly string[]): string[] {
    if (roles.length === 0) return []
    return Object.keys(this.#machines).filter(name => roles.every(role => hasRole(this.#machines[name], role)))
  }
}

/** Tags of a feature and a rule are those of its scenarios, too: several roles narrow the choice. */
const rolesOf = ({ tags }: Pickle): string[] => [
  ...new Set(tags.flatMap(({ name }) => (name.startsWith(ROLE_TAG) ? [name.slice(ROLE_TAG.length)] : []))),
]

export const hasRole = (machine: MachineSettings | undefined, role: string): boolean =>
  machine !== undefined && (role === EVERY_ROLE || machine.roles.includes(role))

export const rolesIn = (machines: Machines): string[] =>
  Object.keys(machines).length === 0
    ? []
    : [EVERY_ROLE, ...new Set(Object.values(machines).flatMap(({ roles }) => roles))]

/** Whatever may be a machine's name: that for which it is run, what stands in quotes, what stands in a table. */
export function wordsOf(pickle: Pickle): ReadonlySet<string> {
  const quoted = pickle.steps.flatMap(({ text }) => [...text.matchAll(/"([^"]*)"|'([^']*)'/g)])
  const cells = pickle.steps.flatMap(({ argument }) => argument?.dataTable?.rows.flatMap(row => row.cells) ?? [])
  const texts = [...quoted.map(([, double, single]) => double ?? single ?? ''), ...cells.map(({ value }) => value)]
  return new Set([taggedMachine(pickle) ?? '', ...texts.flatMap(text => text.split(',').map(word => word.trim()))])
}

function copyFor(pickle: Pickle, machine: string): Pickle {
  const role = pickle.tags.find(({ name }) => name.startsWith(ROLE_TAG))
  return {
    ...pickle,
    id: randomUUID(),
    steps: pickle.steps.map(step => ({ ...step, id: randomUUID() })),
    tags: [...pickle.tags, { name: `${MACHINE_TAG}${machine}`, astNodeId: role?.astNodeId ?? '' }],
  }
}
