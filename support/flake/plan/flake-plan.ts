import { refuse } from '../../core/refusal.ts'
import { checkModulePath } from '../written/module-path.ts'

/** A flake to be put together: plain data, rendered by `render.ts`, put on disk by `write.ts`. */
export interface FlakePlan {
  /** A folder to start from, absolute. It is copied, never written to. */
  readonly from?: string
  readonly modules: readonly ModulePlan[]
  readonly hosts: readonly HostPlan[]
}

export interface ModulePlan {
  /** Below modules/, checked. */
  readonly path: string
  readonly text: string
}

export interface HostPlan {
  readonly name: string
  /** Names in `flake.modules.nixos`. */
  readonly modules: readonly string[]
}

export const emptyFlake: FlakePlan = { modules: [], hosts: [] }

/** The plan with one module more. @throws UsageError when the path is no good or taken */
export function withModule(plan: FlakePlan, path: string, text: string): FlakePlan {
  checkModulePath(path)
  for (const { path: other } of plan.modules) {
    if (other === path) throw refuse({ what: `The module "${path}" is given twice`, next: 'give it another path' })
    const [above, below] = path.length < other.length ? [path, other] : [other, path]
    if (below.startsWith(`${above}/`))
      throw refuse({ what: `"${above}" cannot be a module and the folder of "${below}" at once` })
  }
  return { ...plan, modules: [...plan.modules, { path, text: text.endsWith('\n') ? text : `${text}\n` }] }
}

/** The plan with one host more. @throws UsageError when the name is empty or taken, or a module is named twice */
export function withHost(plan: FlakePlan, name: string, modules: readonly string[]): FlakePlan {
  if (name === '') throw refuse({ what: 'A host needs a name' })
  if (plan.hosts.some(host => host.name === name)) throw refuse({ what: `The host "${name}" is given twice` })
  const twice = modules.find((module, i) => modules.indexOf(module) !== i)
  if (twice !== undefined) throw refuse({ what: `The host "${name}" is given the module "${twice}" twice` })
  return { ...plan, hosts: [...plan.hosts, { name, modules }] }
}

/** Reads `base, sshd, simon`. @throws UsageError for an empty name */
export function moduleNames(list: string): string[] {
  if (list.trim() === '') return []
  const names = list.split(',').map(name => name.trim())
  if (names.includes(''))
    throw refuse({
      what: 'A module without a name',
      expected: 'names with commas between, such as "base, sshd"',
      got: list,
    })
  return names
}
