import { claim } from '../expect/claim.ts'
import type { Expectation } from '../expect/expectation.ts'
import { HOLD } from '../expect/not.ts'
import type { GroupFacts } from '../probe/group.ts'
import { isUp } from '../probe/system-state.ts'

export const groupExists: Expectation<GroupFacts> = claim({
  wanted: 'exists',
  missed: 'did not exist',
  holds: ({ found }) => found !== undefined,
  seen,
  hopeless: noSuchGroup,
})

export const groupHasMember = (user: string): Expectation<GroupFacts> =>
  claim({
    wanted: `member ${user}`,
    missed: `did not have member ${user}`,
    holds: ({ found }) => found?.members.includes(user) ?? false,
    seen,
    hopeless: noSuchGroup,
  })

/** Said of a group that exists only: a typing error must not pass. */
export const groupLacksMember = (user: string): Expectation<GroupFacts> =>
  claim({
    wanted: `no member ${user}`,
    missed: `still had member ${user}`,
    hold: HOLD,
    holds: ({ found }) => found !== undefined && !found.members.includes(user),
    seen,
    hopeless: noSuchGroup,
  })

export const groupHasGid = (gid: number): Expectation<GroupFacts> =>
  claim({
    wanted: `gid ${gid}`,
    missed: `did not have gid ${gid}`,
    holds: ({ found }) => found?.gid === gid,
    seen: facts => (facts.found ? `gid ${facts.found.gid}` : seen(facts)),
    hopeless: noSuchGroup,
  })

function seen({ found }: GroupFacts): string {
  if (!found) return 'no such group'
  return found.members.length > 0 ? `members ${found.members.join(', ')}` : 'no members'
}

function noSuchGroup({ found, system, nearest }: GroupFacts): string | undefined {
  if (found || !isUp(system)) return undefined
  return `there is no such group${nearest ? `, did you mean ${nearest}?` : ''}`
}
