import { groupExists, groupHasGid, groupHasMember, groupLacksMember } from '../support/claim/group.ts'
import { not } from '../support/expect/not.ts'
import { group } from '../support/probe/group.ts'
import { Then } from '../support/world/sentence.ts'
import type { StepSuffix } from '../support/world/step-suffix.ts'

Then('group {string} exists{tail}', async function (name: string, tail: StepSuffix) {
  await this.see(group, { name }, groupExists, tail)
})

Then('group {string} does not exist{tail}', async function (name: string, tail: StepSuffix) {
  await this.see(group, { name }, not(groupExists, 'still existed'), tail)
})

Then('group {string} has member {string}{tail}', async function (name: string, user: string, tail: StepSuffix) {
  await this.see(group, { name, member: user }, groupHasMember(user), tail)
})

Then(
  'group {string} does not have member {string}{tail}',
  async function (name: string, user: string, tail: StepSuffix) {
    await this.see(group, { name, member: user }, groupLacksMember(user), tail)
  },
)

Then('group {string} has gid {int}{tail}', async function (name: string, gid: number, tail: StepSuffix) {
  await this.see(group, { name }, groupHasGid(gid), tail)
})
