/** `--on NAME` and `--on role:NAME`: the machines to which a run keeps. */
import { refuse } from '../../core/refusal.ts'
import type { MachineSettings } from '../../world/settings.ts'
import { hasRole, rolesIn } from './roles.ts'

const ROLE_PREFIX = 'role:'

/** @throws UsageError for a name or a role that is not known, with those there are */
export function chooseMachines(
  words: readonly string[],
  machines: Readonly<Record<string, MachineSettings>>,
): readonly string[] {
  const names = Object.keys(machines)
  const chosen = words.flatMap(word => {
    if (Object.hasOwn(machines, word)) return [word]
    if (!word.startsWith(ROLE_PREFIX))
      throw refuse({ what: `--on names a machine that is not known: "${word}"`, got: word, known: names })
    const role = word.slice(ROLE_PREFIX.length)
    const having = names.filter(name => hasRole(machines[name], role))
    if (having.length > 0) return having
    throw refuse({ what: `--on names a role that no machine has: "${role}"`, got: role, known: rolesIn(machines) })
  })
  return names.filter(name => chosen.includes(name))
}
