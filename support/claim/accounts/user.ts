import { claim } from '../../expect/claim.ts'
import type { Expectation } from '../../expect/expectation.ts'
import { HOLD, not } from '../../expect/not.ts'
import { type Account, groupsOf, type UserFacts } from '../../probe/accounts/user.ts'
import { known, whyUnknown } from '../../probe/fact.ts'
import { isUp } from '../../probe/system/system-state.ts'
import { ACCOUNT_ID, wantedNumber } from '../wanted-number.ts'

export const userExists: Expectation<UserFacts> = claim({
  wanted: 'exists',
  missed: 'did not exist',
  holds: ({ account }) => account !== undefined,
  seen: ({ account }) => (account ? `exists, uid ${account.uid}` : 'no such user'),
  hopeless: noSuchUser,
})

/** Ends early where the user is there: users do not vanish. */
export const userIsAbsent: Expectation<UserFacts> = claim({
  wanted: 'does not exist',
  missed: 'existed',
  hold: HOLD,
  holds: ({ account }) => account === undefined,
  seen: ({ account }) => (account ? `exists, uid ${account.uid}` : 'no such user'),
  hopeless: ({ account, system }) => (account && isUp(system) ? 'it is there, and users do not vanish' : undefined),
})

/** By id, as the kernel asks it; the facts must hold the id of that group. */
export const userIsIn = (group: string): Expectation<UserFacts> =>
  ofAccount({
    wanted: `in group ${group}`,
    missed: `was not in group ${group}`,
    unknown: ({ gids, groups }) => whyUnknown(gids) ?? whyUnknown(groups),
    holds: (_, { gids, groups }) => {
      const wanted = known(groups)?.get(group)
      return wanted !== undefined && (known(gids)?.includes(wanted) ?? false)
    },
    seen: (_, facts) => `in ${groupsOf(facts).join(', ')}${exists(group, facts) ? '' : `; there is no group ${group}`}`,
  })

/** Holds as well where there is no such group: then the user is not in it. */
export const userIsNotIn = (group: string): Expectation<UserFacts> =>
  not(userIsIn(group), `was still in group ${group}`)

const exists = (group: string, { groups }: UserFacts): boolean => known(groups)?.has(group) ?? true

export const userHasUid = (uid: number): Expectation<UserFacts> =>
  ofAccount({
    wanted: `uid ${wantedNumber(uid, ACCOUNT_ID)}`,
    missed: `did not have uid ${uid}`,
    holds: account => account.uid === uid,
    seen: account => `uid ${account.uid}`,
  })

export const userHas = (what: 'shell' | 'home', value: string): Expectation<UserFacts> =>
  ofAccount({
    wanted: `${what} ${value}`,
    missed: `did not have ${what} ${value}`,
    holds: account => account[what] === value,
    seen: account => `${what} ${account[what]}`,
  })

export interface UserRow {
  readonly uid?: number
  /** Further groups are allowed. */
  readonly groups: readonly string[]
  readonly shell?: string
  readonly home?: string
}

/** One row of the table of users: everything that its cells say. */
export function userIsLike({ uid, groups, shell, home }: UserRow): Expectation<UserFacts> {
  const claims = [
    ...(uid === undefined ? [] : [userHasUid(uid)]),
    ...(shell === undefined ? [] : [userHas('shell', shell)]),
    ...(home === undefined ? [] : [userHas('home', home)]),
    ...groups.map(userIsIn),
  ]
  const judged = (facts: UserFacts) => claims.map(one => ({ wanted: one.wanted, ...one.judge(facts) }))
  const wrong = (facts: UserFacts) => judged(facts).filter(({ verdict }) => verdict !== 'met' && verdict !== 'unknown')
  return ofAccount({
    wanted: 'as in the table',
    missed: 'was not as in the table',
    unknown: facts => (wrong(facts).length > 0 ? undefined : judged(facts).find(isUnknown)?.why),
    holds: (_, facts) => wrong(facts).length === 0,
    seen: (_, facts) =>
      wrong(facts)
        .map(({ seen, wanted }) => `${seen} instead of ${wanted}`)
        .join('; '),
  })
}

const isUnknown = <J extends { readonly verdict: string }>(judgement: J): judgement is J & { verdict: 'unknown' } =>
  judgement.verdict === 'unknown'

interface AccountClaim {
  readonly wanted: string
  readonly missed: string
  unknown?(facts: UserFacts): string | undefined
  holds(account: Account, facts: UserFacts): boolean
  seen(account: Account, facts: UserFacts): string
}

/** A claim on a user that exists; hopeless when there is none. */
const ofAccount = ({ wanted, missed, unknown, holds, seen }: AccountClaim): Expectation<UserFacts> =>
  claim({
    wanted,
    missed,
    unknown: facts => facts.account && unknown?.(facts),
    absent: ({ account }) => account === undefined,
    holds: facts => facts.account !== undefined && holds(facts.account, facts),
    seen: facts => (facts.account ? seen(facts.account, facts) : 'no such user'),
    hopeless: noSuchUser,
  })

function noSuchUser({ name, account, system, nearest }: UserFacts): string | undefined {
  if (account || !isUp(system)) return undefined
  return `there is no user ${name}${nearest ? `, did you mean ${nearest}?` : ''}`
}
