import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import test, { after } from 'node:test'
import { sh } from '../../core/command.ts'
import { seconds } from '../../core/time/duration.ts'
import { LocalShell } from '../../shell/local.ts'
import { known } from '../fact.ts'
import type { Probe } from '../probe.ts'
import { group } from './group.ts'
import { user, users } from './user.ts'

const skip = existsSync('/usr/bin/getent') ? false : 'there is no getent here'
const shell = new LocalShell()
after(() => shell[Symbol.asyncDispose]())

async function ask<Query, Facts>(probe: Probe<Query, Facts>, query: Query): Promise<Facts> {
  return probe.parse(await shell.run(probe.command(query), { attempt: seconds(10) }), query)
}

test('a user of this computer is found by name, and by no id', { skip }, async () => {
  const root = await ask(user, { name: 'root' })
  assert.deepEqual([root.account?.uid, root.account?.home, root.gids, root.groups], [0, '/root', undefined, undefined])
  assert.equal(root.groupNames.get(0), 'root')
  for (const name of ['0', ' 0', '+0', '--help', 'root ']) assert.equal((await ask(user, { name })).account, undefined)
})

/** As getent(1): a name that is a number is an id, and one that begins with a dash an option, unless `--` stands before it. 7zip is not listed. */
const GETENT = sh`
getent() {
  local database=$1 key found=0; shift
  local lines=(root:x:0:0:r:/root:/bin/sh 1234:x:7:7::/:/bin/sh -x:x:8:8::/:/bin/sh other:x:1234:1234::/:/bin/sh)
  [ $# = 0 ] && { printf '%s\\n' "\${lines[@]}"; return; }
  [ "$1" = -- ] && shift || case $1 in -*) return 64 ;; esac
  [ $database = initgroups ] && { echo "$1 "; return; }
  for key; do
    [ $database:$key = passwd:7zip ] && { echo 7zip:x:9:9::/:/bin/sh; continue; }
    for line in "\${lines[@]}"; do
      case $key:$line in
        [0-9]*:*:x:$key:*) echo "$line"; continue 2 ;;
        [0-9]*) ;;
        $key:$key:*) echo "$line"; continue 2 ;;
      esac
    done
    found=2
  done
  return $found
}
`

test('names that look like ids or options are names', async () => {
  const query = { users: ['1234', '-x', 'root', '7', '7zip'], groups: ['1234', '-x'] }
  const script = `${GETENT.script}\n${users.command(query).script}`
  const found = users.parse(await shell.run({ script }, { attempt: seconds(10) }), query)
  assert.deepEqual(
    found.map(({ account }) => account?.uid),
    [7, 8, 0, undefined, 9],
  )
  assert.deepEqual(
    ['1234', '-x'].map(name => known(found[0]?.groups)?.get(name)),
    [7, 8],
  )
})

test('of several users each has its own account and groups', { skip }, async () => {
  const names = ['daemon', '123456', 'rot', 'root']
  const found = await ask(users, { users: names, groups: ['root', 'no-such', '0'] })
  assert.deepEqual(
    found.map(({ name, account, nearest }) => [name, account?.uid, nearest]),
    [
      ['daemon', 1, undefined],
      ['123456', undefined, undefined],
      ['rot', undefined, 'root'],
      ['root', 0, undefined],
    ],
  )
  const [daemon, , , root] = found
  assert.deepEqual(
    [daemon?.gids, root?.gids].map(gids => known(gids)?.[0]),
    [1, 0],
  )
  for (const { groups } of found)
    assert.deepEqual(
      ['root', '0', 'no-such'].map(name => known(groups)?.get(name)),
      [0, undefined, undefined],
    )
})

test('a group is found by name, and who is in it by id', { skip }, async () => {
  const root = await ask(group, { name: 'root' })
  assert.deepEqual([root.found?.gid, root.found?.primary.includes('root'), root.memberGids], [0, true, undefined])
  const daemon = await ask(group, { name: 'daemon', member: 'root' })
  assert.deepEqual([daemon.found?.gid, known(daemon.memberGids)?.[0]], [1, 0])
  assert.deepEqual((await ask(group, { name: 'daemon', member: 'no-such' })).memberGids, { is: [] })
  const mistyped = await ask(group, { name: 'daemn' })
  assert.deepEqual([mistyped.found, mistyped.nearest], [undefined, 'daemon'])
  assert.equal((await ask(group, { name: '0' })).found, undefined)
})
