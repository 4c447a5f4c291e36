import assert from 'node:assert/strict'
import test from 'node:test'
import type { Problem } from './comparison.ts'
import { groupFacts, groupProblems } from './groups.ts'

const change = (machine: string, more: Readonly<Record<string, string>>) => ({
  machine,
  section: 'users',
  key: 'a',
  ...more,
})

test('a change that several hosts have is told once; each other change by itself', () => {
  const changes = [
    change('web1', { after: '1' }),
    change('web2', { after: '1' }),
    change('web2', { after: '1' }),
    change('web1', { before: '1' }),
    change('web1', { after: '2' }),
    change('web1', { before: '0', after: '1' }),
    change('web1', { after: '1', key: 'b' }),
    change('web1', { after: '1', section: 'groups' }),
  ]
  const groups = groupFacts(changes).map(({ machines }) => machines.join(' '))
  assert.deepEqual(groups, ['web1 web2', ...Array(5).fill('web1')])
})

test('problems are one group by what they say; where no machine is named there is none', () => {
  const problem = (group: string, machine?: string) => ({ group, ...(machine && { machine }) }) as Problem
  const groups = groupProblems([problem('x', 'web1'), problem('y'), problem('x', 'web2'), problem('x', 'web1')])
  assert.deepEqual(
    groups.map(({ first, all, machines }) => [first.group, all.length, machines]),
    [
      ['x', 3, ['web1', 'web2']],
      ['y', 1, []],
    ],
  )
  assert.deepEqual(groupProblems([]), [])
})
