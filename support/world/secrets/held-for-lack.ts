/** What is seen of a virtual machine, and is so because a secret is not there: a sentence that holds by that says nothing of the host. */
import type { Expectation, Judgement, Met } from '../../expect/expectation.ts'
import { nameOf } from '../../flake/plan/host-secret.ts'
import { type Named, secretsSpokenOf, unitsIn } from './missing-secret.ts'
import { isStateOfLack } from './state-of-lack.ts'

/** How what needs a file or a password tells that it has none. */
const LACKING_WORDS =
  /nothing there|no such file|cannot (?:access|open|stat)|not found|denied|exit code [1-9]|locked|incorrect|could not be/i

/** The same expectation; where it is met for want of a secret, it cannot be told. */
export function doubtLackOfSecrets<Facts>(
  wanted: Expectation<Facts>,
  subject: string,
  machines: Iterable<Named>,
): Expectation<Facts> {
  const lacking = [...machines].filter(({ plan }) => (plan.missingSecrets ?? []).length > 0)
  if (lacking.length === 0) return wanted
  const judge = (facts: Facts): Judgement => {
    const judged = wanted.judge(facts)
    return judged.verdict === 'met' ? doubted(judged, subject, lacking) : judged
  }
  return { ...wanted, judge }
}

function doubted(met: Met, subject: string, machines: readonly Named[]): Judgement {
  const names = machines.flatMap(machine => secretsBehind(subject, met.seen, machine))
  if (names.length === 0) return met
  const which = `the ${names.length === 1 ? 'secret' : 'secrets'} ${[...new Set(names)].join(', ')}`
  const { seen, state } = met
  return { verdict: 'unknown', seen, ...(state !== undefined && { state }), why: `${which} is not in this machine` }
}

/** Names of those without which alone it may be as it is seen. */
function secretsBehind(subject: string, seen: string, machine: Named): string[] {
  const { name, plan } = machine
  if (![` on ${name}`, ` of ${name}`, ` "${name}"`].some(end => subject.endsWith(end))) return []
  const missing = plan.missingSecrets ?? []
  const units = unitsIn(`${subject} ${seen}`)
  const needed = missing.filter(secret => secret.units.some(unit => units.includes(unit)))
  const isAll = units.every(unit => needed.some(secret => secret.units.includes(unit)))
  if (units.length > 0) return isAll && isStateOfLack(seen) ? needed.map(nameOf) : []
  return LACKING_WORDS.test(seen) ? secretsSpokenOf(`${subject}\n${seen}`, machine).map(nameOf) : []
}
