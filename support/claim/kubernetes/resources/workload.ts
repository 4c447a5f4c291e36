import { visible } from '../../../core/text/visible.ts'
import type { Claim } from '../../../expect/claim.ts'
import type { Expectation } from '../../../expect/expectation.ts'
import type { Namespaced } from '../../../kubernetes/objects/namespaced.ts'
import type { WorkloadKind } from '../../../kubernetes/objects/workload.ts'
import type { Condition, WorkloadFacts } from '../../../kubernetes/objects/workload-forms.ts'
import { known, whyUnknown } from '../../../probe/fact.ts'
import { ofObject } from '../objects.ts'

/**
 * All pods that it should have are of its newest version and available, as `kubectl rollout status` waits for it; of a job, that it has
 * completed. With some of them available it is neither available nor not; without a pod that it should have there is none that could be.
 */
export const workloadIsAvailable = (kind: WorkloadKind): Expectation<Namespaced<WorkloadFacts>> =>
  ofObject(kind === 'job' ? JOB : ROLLOUT)

const NOT_SEEN = 'its controller has not seen its newest version: its status is that of an older one'

const ROLLOUT: Claim<WorkloadFacts> = {
  wanted: 'available',
  missed: 'was not available',
  unknown: facts => unreadable(facts) ?? (known(facts.isSeen) === false ? NOT_SEEN : undefined),
  between: facts => (isWhole(facts) || countOf(facts.available) === 0 ? undefined : 'was available in part only'),
  holds: isWhole,
  seen: facts => [counts(facts), ...troubles(facts)].join('\n'),
  state: facts => `${countOf(facts.available)} of ${countOf(facts.wanted)}`,
}

const JOB: Claim<WorkloadFacts> = {
  wanted: 'available: completed',
  missed: 'was not completed',
  unknown: ({ conditions }) => whyUnknown(conditions),
  holds: facts => has(facts, 'Complete') !== undefined,
  seen: facts => [jobWord(facts), ...troubles(facts)].join('\n'),
  state: jobWord,
  hopeless: facts => {
    const failed = has(facts, 'Failed')
    return failed && `it has failed${failed.reason && ` (${visible(failed.reason)})`}`
  },
}

const unreadable = ({ wanted, updated, available, all, isSeen }: WorkloadFacts): string | undefined =>
  [wanted, updated, available, all, isSeen].map(whyUnknown).find(why => why !== undefined)

const countOf = (fact: WorkloadFacts['all']): number => known(fact) ?? 0

function isWhole({ wanted, updated, available, all }: WorkloadFacts): boolean {
  const count = countOf(wanted)
  const isNew = updated === undefined || (countOf(updated) >= count && countOf(all ?? updated) <= countOf(updated))
  return count > 0 && isNew && countOf(available) >= count
}

function counts({ wanted, updated, available, all }: WorkloadFacts): string {
  const count = countOf(wanted)
  if (count === 0 && countOf(available) === 0) return 'it should have no pod'
  const older = countOf(all ?? updated) - countOf(updated)
  return [
    `${countOf(available)} of ${count} available`,
    updated !== undefined && countOf(updated) < count && `${countOf(updated)} of the newest version`,
    older > 0 && `${older} of an older one`,
  ]
    .filter(Boolean)
    .join(', ')
}

function jobWord(facts: WorkloadFacts): string {
  const word = ['Complete', 'Failed', 'Suspended'].find(type => has(facts, type))
  return `${word ?? 'not completed'}, ${countOf(facts.available)} of ${countOf(facts.wanted)} succeeded`
}

const has = ({ conditions }: WorkloadFacts, type: string): Condition | undefined =>
  known(conditions)?.find(each => each.type === type && each.status === 'True')

const LONGEST = 300

const TROUBLES: Readonly<Record<string, string>> = {
  ...{ Available: 'False', Progressing: 'False' },
  ...{ ReplicaFailure: 'True', Failed: 'True' },
}

/** What its controller says is wrong: `Progressing: ProgressDeadlineExceeded`. */
const troubles = ({ conditions }: WorkloadFacts): string[] =>
  (known(conditions) ?? [])
    .filter(({ type, status }) => TROUBLES[type] === status)
    .map(({ type, reason, message }) =>
      visible([`${type}:`, reason, message].filter(Boolean).join(' ')).slice(0, LONGEST),
    )
