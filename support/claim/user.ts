import { claim } from '../expect/claim.ts'
import type { Expectation } from '../expect/expectation.ts'
import { HOLD } from '../expect/not.ts'
import { isUp } from '../probe/system-state.ts'
import type { Account, UserFacts } from '../probe/user.ts'

export const userExists: Expectation<UserFacts> = claim({
  wanted: 'exists',
  missed: 'did not exist',
  holds: ({ account }) => account !== undefined,
  seen: ({ account }) => (account ? 'exists' : 'no such user'),
  hopeless: noSuchUser,
})

export const userIsAbsent: Expectation<UserFacts> = claim({
  wanted: 'does not exist',
  missed: 'existed',
  hold: HOLD,
  holds: ({ account }) => account === undefined,
  seen: ({ account }) => (account ? `exists, uid ${account.uid}` : 'no such user'),
  hopeless: ({ account, system }) => (account && isUp(system) ? 'it is there, and users do not vanish' : undefined),
})

export const userIsIn = (group: string): Expectation<UserFacts> =>
  ofAccount({
    wanted: `in group ${group}`,
    missed: `was not in group ${group}`,
    holds: ({ groups }) => groups.includes(group),
    seen: ({ groups }) => `in ${groups.join(', ')}`,
  })

/** Said of a user that exists only: a typing error must not pass. */
export const userIsNotIn = (group: string): Expectation<UserFacts> => ({
  ...ofAccount({
    wanted: `not in group ${group}`,
    missed: `was still in group ${group}`,
    holds: ({ groups }) => !groups.includes(group),
    seen: ({ groups }) => `in ${groups.join(', ')}`,
  }),
  hold: HOLD,
})

export const userHas = (what: 'shell' | 'home' | 'uid', value: string): Expectation<UserFacts> =>
  ofAccount({
    wanted: `${what} ${value}`,
    missed: `did not have ${what} ${value}`,
    holds: account => String(account[what]) === value,
    seen: account => `${what} ${account[what]}`,
  })

export interface UserRow {
  readonly uid?: string
  /** All of them, in a list; further groups are allowed. */
  readonly groups?: string
  readonly shell?: string
  readonly home?: string
}

/** One row of the table of users: everything that its cells say. */
export function userIsLike(row: UserRow): Expectation<UserFacts> {
  const claims = [
    ...(['uid', 'shell', 'home'] as const).flatMap(what => (row[what] === undefined ? [] : [userHas(what, row[what])])),
    ...list(row.groups).map(userIsIn),
  ]
  const unmet = (facts: UserFacts) => claims.filter(one => one.judge(facts).verdict !== 'met')
  return ofAccount({
    wanted: 'as in the table',
    missed: 'was not as in the table',
    holds: (_, facts) => unmet(facts).length === 0,
    seen: (_, facts) =>
      unmet(facts)
        .map(one => `${one.judge(facts).seen} instead of ${one.wanted}`)
        .join('; '),
  })
}

const list = (cell = ''): string[] =>
  cell
    .split(',')
    .map(word => word.trim())
    .filter(Boolean)

interface AccountClaim {
  readonly wanted: string
  readonly missed: string
  holds(account: Account, facts: UserFacts): boolean
  seen(account: Account, facts: UserFacts): string
}

/** A claim on a user that exists; hopeless when there is none. */
const ofAccount = ({ wanted, missed, holds, seen }: AccountClaim): Expectation<UserFacts> =>
  claim({
    wanted,
    missed,
    holds: facts => facts.account !== undefined && holds(facts.account, facts),
    seen: facts => (facts.account ? seen(facts.account, facts) : 'no such user'),
    hopeless: noSuchUser,
  })

function noSuchUser({ name, account, system, nearest }: UserFacts): string | undefined {
  if (account || !isUp(system)) return undefined
  return `there is no user ${name}${nearest ? `, did you mean ${nearest}?` : ''}`
}
