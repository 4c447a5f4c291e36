import assert from 'node:assert/strict'
import test from 'node:test'
import { candidates } from '../../runner/workers/testing/candidates.ts'
import { type AboutHost, aboutHost } from './about-host.ts'

const look = (steps: string): AboutHost => {
  const { keys, ofOthers } = aboutHost(candidates({ 'a.feature': `Feature: F\n  Scenario: it\n${steps}\n` }), {
    names: ['t14', 'laptop'],
    host: 't14',
    isJudged: reference => ['.', 'laptop'].includes(reference),
  })
  return { keys, ofOthers }
}
const KEYS = ['a.feature: it']
const ABOUT: AboutHost = { keys: KEYS, ofOthers: [] }
const OTHER: AboutHost = { keys: [], ofOthers: KEYS }
const NOT: AboutHost = { keys: [], ofOthers: [] }

for (const [steps, wanted] of [
  ['Given machine "t14" is running', ABOUT],
  ["Given machine 't14' is running", ABOUT],
  ['Given machines "web1, t14" are running', ABOUT],
  ['Given machine "laptop" is running', ABOUT],
  ['Given machine "any" runs host "t14"', ABOUT],
  ['Then host "t14" evaluates', ABOUT],
  ['Given these machines are running:\n | machine |\n | t14 |', ABOUT],
  ['Given the flake "."\nThen host "t14" evaluates', ABOUT],
  ['Given the flake "laptop"\nThen host "t14" evaluates', ABOUT],
  ['Given the flake "other"\nAnd the flake "laptop"\nThen host "t14" evaluates', ABOUT],
  ['Given machine "any" runs host ".#t14"', ABOUT],
  ['Given the flake "other"\nAnd machine "any" runs host "#nixosConfigurations.t14"', ABOUT],
  ['Given the flake "other"\nThen host "t14" evaluates', OTHER],
  ['Given the flake "laptop"\nAnd the flake "other"\nThen host "t14" evaluates', OTHER],
  ['Given a dendritic flake from "laptop"\nThen host "t14" evaluates', OTHER],
  ['Given a dendritic flake\nThen host "t14" evaluates', OTHER],
  ['Given machine "any" runs host "other#t14"', OTHER],
  ['Given machine "web1" is running', NOT],
  ['Given machine "t14s" is running', NOT],
  ['Then the flake evaluates', NOT],
] as const)
  test(`${steps.replaceAll('\n', ' / ')}`, () => assert.deepEqual(look(steps), wanted))
