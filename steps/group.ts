import { groupExists, groupHasGid, groupHasMember, groupLacksMember } from '../support/claim/accounts/group.ts'
import { not } from '../support/expect/not.ts'
import { group } from '../support/probe/accounts/group.ts'
import { Then } from '../support/world/words/sentence.ts'
import type { StepSuffix } from '../support/world/words/step-suffix.ts'

Then('group {account} exists{tail}', async function (name: string, tail: StepSuffix) {
  await this.see(group, { name }, groupExists, tail)
})

Then('group {account} does not exist{tail}', async function (name: string, tail: StepSuffix) {
  await this.see(group, { name }, not(groupExists, 'still existed'), tail)
})

Then('group {account} has member {account}{tail}', async function (name: string, user: string, tail: StepSuffix) {
  await this.see(group, { name, member: user }, groupHasMember(user), tail)
})

Then(
  'group {account} does not have member {account}{tail}',
  async function (name: string, user: string, tail: StepSuffix) {
    await this.see(group, { name, member: user }, groupLacksMember(user), tail)
  },
)

Then('group {account} has gid {int}{tail}', async function (name: string, gid: number, tail: StepSuffix) {
  await this.see(group, { name }, groupHasGid(gid), tail)
})
