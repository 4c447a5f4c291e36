import assert from 'node:assert/strict'
import test from 'node:test'
import type { Expectation } from '../../expect/expectation.ts'
import { type GroupFacts, group } from '../../probe/accounts/group.ts'
import type { UserFacts } from '../../probe/accounts/user.ts'
import { answered } from '../../probe/testing/answered.ts'
import { groupSections } from './account.answers.ts'
import { groupExists, groupHasGid, groupHasMember, groupLacksMember } from './group.ts'
import { userExists, userHas, userHasUid, userIsAbsent, userIsIn, userIsLike, userIsNotIn } from './user.ts'

const simon: UserFacts = {
  ...{ name: 'simon', system: 'running', account: { uid: 1000, gid: 100, home: '/home/simon', shell: '/bin/sh' } },
  gids: { is: [100, 1, 77] },
  groups: {
    is: new Map([
      ['wheel', 1],
      ['docker', 131],
    ]),
  },
  groupNames: new Map([
    [100, 'users'],
    [1, 'wheel'],
  ]),
}
const mistyped: UserFacts = { name: 'simno', system: 'running', groupNames: new Map(), nearest: 'simon' }
const wheel: GroupFacts = { system: 'running', found: { gid: 1, named: ['simon', 'anna'], primary: ['root', 'anna'] } }
const none: GroupFacts = { system: 'running', nearest: 'wheel' }

const told = <Facts>(expectation: Expectation<Facts>, facts: Facts) => {
  const judgement = expectation.judge(facts)
  return `${judgement.verdict}: ${judgement.seen}`
}
const why = <Facts>(expectation: Expectation<Facts>, facts: Facts) => {
  const judgement = expectation.judge(facts)
  return 'why' in judgement ? judgement.why : judgement.verdict
}

for (const [expectation, words, seen] of [
  [userExists, 'exists, did not exist', 'met: exists, uid 1000'],
  [userIsAbsent, 'does not exist, existed', 'never: exists, uid 1000'],
  [userHasUid(1000), 'uid 1000, did not have uid 1000', 'met: uid 1000'],
  [userHasUid(0), 'uid 0, did not have uid 0', 'not-yet: uid 1000'],
  [userHas('shell', '/bin/sh'), 'shell /bin/sh, did not have shell /bin/sh', 'met: shell /bin/sh'],
  [userHas('home', '/root'), 'home /root, did not have home /root', 'not-yet: home /home/simon'],
  [userIsIn('wheel'), 'in group wheel, was not in group wheel', 'met: in users, wheel, 77'],
  [userIsIn('docker'), 'in group docker, was not in group docker', 'not-yet: in users, wheel, 77'],
  [userIsIn('x'), 'in group x, was not in group x', 'not-yet: in users, wheel, 77; there is no group x'],
  [userIsNotIn('wheel'), 'not in group wheel, was still in group wheel', 'not-yet: in users, wheel, 77'],
  [userIsNotIn('x'), 'not in group x, was still in group x', 'met: in users, wheel, 77; there is no group x'],
] as const)
  test(`user simon, ${words}: ${seen}`, () => {
    assert.deepEqual([`${expectation.wanted}, ${expectation.missed}`, told(expectation, simon)], [words, seen])
  })

for (const [expectation, words, seen] of [
  [groupExists, 'exists, did not exist', 'met: exists, gid 1'],
  [groupHasGid(1), 'gid 1, did not have gid 1', 'met: gid 1'],
  [groupHasGid(2), 'gid 2, did not have gid 2', 'not-yet: gid 1'],
  [groupHasMember('anna'), 'member anna, did not have member anna', 'met: members anna, root, simon'],
  [groupHasMember('bob'), 'member bob, did not have member bob', 'not-yet: members anna, root, simon'],
  [groupLacksMember('anna'), 'not member anna, still had member anna', 'not-yet: members anna, root, simon'],
] as const)
  test(`group wheel, ${words}: ${seen}`, () => {
    assert.deepEqual([`${expectation.wanted}, ${expectation.missed}`, told(expectation, wheel)], [words, seen])
  })

test('who is in a group by id is in it; a group may have no members', () => {
  const member = (gids: readonly number[]) => told(groupHasMember('bob'), { ...wheel, memberGids: { is: gids } })
  assert.deepEqual(
    [member([5, 1]), member([5])].map(each => each.split(':')[0]),
    ['met', 'not-yet'],
  )
  const empty = { ...wheel, found: { gid: 1, named: [], primary: [] } }
  assert.equal(told(groupHasMember('bob'), empty), 'not-yet: no members')
  assert.equal(why(groupHasMember('bob'), { ...wheel, memberGids: { unknown: 'no getent' } }), 'no getent')
  assert.equal(why(groupHasMember('anna'), { ...wheel, memberGids: { unknown: 'no getent' } }), 'met')
})

test('that there is no such user or group is said once the system is up, with the nearest that is one', () => {
  for (const each of [userExists, userHasUid(1), userIsIn('wheel')]) {
    assert.equal(told(each, mistyped), 'never: no such user')
    assert.equal(why(each, mistyped), 'there is no user simno, did you mean simon?')
    assert.equal(why(each, { ...mistyped, system: 'starting' }), 'not-yet')
  }
  for (const each of [groupExists, groupHasGid(1), groupHasMember('bob')]) {
    assert.equal(told(each, none), 'never: no such group')
    assert.equal(why(each, none), 'there is no such group, did you mean wheel?')
    assert.equal(why(each, { system: 'degraded' }), 'there is no such group')
    assert.equal(why(each, { ...none, system: 'starting' }), 'not-yet')
  }
  assert.equal(why(userIsAbsent, simon), 'it is there, and users do not vanish')
  assert.equal(why(userIsAbsent, { ...simon, system: 'starting' }), 'not-yet')
  assert.equal(told(userIsAbsent, mistyped), 'met: no such user')
})

test('a row of users tells each cell that is wrong, and what is unknown only where nothing is', () => {
  const like = (row: Partial<Parameters<typeof userIsLike>[0]>) => userIsLike({ groups: [], ...row })
  assert.equal(told(like({ uid: 1000, shell: '/bin/sh', home: '/home/simon', groups: ['wheel'] }), simon), 'met: ')
  const wrong = like({ uid: 5, shell: '/x', home: '/y', groups: ['docker', 'wheel'] })
  assert.equal(
    told(wrong, simon),
    'not-yet: uid 1000 instead of uid 5; shell /bin/sh instead of shell /x; home /home/simon instead of home /y; in users, wheel, 77 instead of in group docker',
  )
  assert.deepEqual([wrong.wanted, wrong.missed], ['as in the table', 'was not as in the table'])
  const hidden = { ...simon, gids: { unknown: 'no getent' } }
  assert.equal(why(like({ uid: 1000, groups: ['wheel'] }), hidden), 'no getent')
  assert.equal(why(like({ uid: 5, groups: ['wheel'] }), hidden), 'not-yet')
})

test('a group whose line ends before its members has none of its own', () => {
  const [whole, cut] = ['wheel:x:1:simon', 'wheel:x:1'].map(line =>
    group.parse(answered(groupSections({ group: line })), { name: 'wheel' }),
  )
  assert.deepEqual([whole?.found?.named, cut?.found?.named, cut?.found?.gid], [['simon'], [], 1])
})
