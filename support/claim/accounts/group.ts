import { claim } from '../../expect/claim.ts'
import type { Expectation } from '../../expect/expectation.ts'
import { not } from '../../expect/not.ts'
import type { GroupFacts } from '../../probe/accounts/group.ts'
import { known, whyUnknown } from '../../probe/fact.ts'
import { isUp } from '../../probe/system/system-state.ts'
import { ACCOUNT_ID, wantedNumber } from '../wanted-number.ts'

export const groupExists: Expectation<GroupFacts> = claim({
  wanted: 'exists',
  missed: 'did not exist',
  holds: ({ found }) => found !== undefined,
  seen: ({ found }) => (found ? `exists, gid ${found.gid}` : 'no such group'),
  hopeless: noSuchGroup,
})

/** Named by the group, or in it by id as a login would be; the facts must hold that user's groups. */
export const groupHasMember = (user: string): Expectation<GroupFacts> =>
  ofGroup({
    wanted: `member ${user}`,
    missed: `did not have member ${user}`,
    unknown: facts => (isNamed(user, facts) ? undefined : whyUnknown(facts.memberGids)),
    holds: (found, facts) => isNamed(user, facts) || (known(facts.memberGids)?.includes(found.gid) ?? false),
    seen: membersOf,
  })

export const groupLacksMember = (user: string): Expectation<GroupFacts> =>
  not(groupHasMember(user), `still had member ${user}`)

function membersOf({ named, primary }: Found): string {
  const members = [...new Set([...named, ...primary])].sort()
  return members.length > 0 ? `members ${members.join(', ')}` : 'no members'
}

const isNamed = (user: string, { found }: GroupFacts): boolean => found?.named.includes(user) ?? false

export const groupHasGid = (gid: number): Expectation<GroupFacts> =>
  ofGroup({
    wanted: `gid ${wantedNumber(gid, ACCOUNT_ID)}`,
    missed: `did not have gid ${gid}`,
    holds: found => found.gid === gid,
    seen: found => `gid ${found.gid}`,
  })

type Found = NonNullable<GroupFacts['found']>

interface GroupClaim {
  readonly wanted: string
  readonly missed: string
  unknown?(facts: GroupFacts): string | undefined
  holds(found: Found, facts: GroupFacts): boolean
  seen(found: Found): string
}

/** A claim on a group that exists; hopeless when there is none. */
const ofGroup = ({ wanted, missed, unknown, holds, seen }: GroupClaim): Expectation<GroupFacts> =>
  claim({
    wanted,
    missed,
    unknown: facts => facts.found && unknown?.(facts),
    absent: ({ found }) => found === undefined,
    holds: facts => facts.found !== undefined && holds(facts.found, facts),
    seen: ({ found }) => (found ? seen(found) : 'no such group'),
    hopeless: noSuchGroup,
  })

function noSuchGroup({ found, system, nearest }: GroupFacts): string | undefined {
  if (found || !isUp(system)) return undefined
  return `there is no such group${nearest ? `, did you mean ${nearest}?` : ''}`
}
