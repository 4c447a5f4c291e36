import type { DataTable } from '@cucumber/cucumber'
import {
  userExists,
  userHas,
  userHasUid,
  userIsAbsent,
  userIsIn,
  userIsLike,
  userIsNotIn,
} from '../support/claim/accounts/user.ts'
import { every } from '../support/expect/every.ts'
import { user, users } from '../support/probe/accounts/user.ts'
import { Then } from '../support/world/words/sentence.ts'
import type { StepSuffix } from '../support/world/words/step-suffix.ts'
import { readTable } from '../support/world/words/table.ts'
import { readUserRow } from '../support/world/words/words.ts'

Then('user {account} exists{tail}', async function (name: string, tail: StepSuffix) {
  await this.see(user, { name }, userExists, tail)
})

Then('user {account} does not exist{tail}', async function (name: string, tail: StepSuffix) {
  await this.see(user, { name }, userIsAbsent, tail)
})

Then('user {account} is in group {account}{tail}', async function (name: string, group: string, tail: StepSuffix) {
  await this.see(user, { name, group }, userIsIn(group), tail)
})

Then('user {account} is not in group {account}{tail}', async function (name: string, group: string, tail: StepSuffix) {
  await this.see(user, { name, group }, userIsNotIn(group), tail)
})

Then('user {account} has shell {string}{tail}', async function (name: string, shell: string, tail: StepSuffix) {
  await this.see(user, { name }, userHas('shell', shell), tail)
})

Then('user {account} has home {string}{tail}', async function (name: string, home: string, tail: StepSuffix) {
  await this.see(user, { name }, userHas('home', home), tail)
})

Then('user {account} has uid {int}{tail}', async function (name: string, uid: number, tail: StepSuffix) {
  await this.see(user, { name }, userHasUid(uid), tail)
})

Then('these users exist{tail}:', async function (tail: StepSuffix, table: DataTable) {
  const wanted = readTable(table.raw(), { of: 'users', columns: ['user', 'uid', 'groups', 'shell', 'home'] })
  const rows = wanted.map(row => ({ name: row.user ?? '', wanted: readUserRow(row) }))
  const query = { users: rows.map(row => row.name), groups: rows.flatMap(row => row.wanted.groups) }
  const expected = rows.map(row => ({ name: row.name, expectation: userIsLike(row.wanted) }))
  const claim = every(expected, { is: 'as in the table' })
  await this.see(users, query, claim, tail)
})
