import assert from 'node:assert/strict'
import test from 'node:test'
import { stripVTControlCharacters } from 'node:util'
import type { Outcome } from '../results/outcome.ts'
import type { ScenarioResult } from '../results/result-types.ts'
import { HostProgress } from './host-progress.ts'
import { Terminal } from './terminal.ts'

const LANES = [
  { name: 'web1', scenarios: ['a', 'b'] },
  { name: 'web10', scenarios: ['c'] },
]

const scenario = (id: string, outcome: Outcome = 'held'): ScenarioResult =>
  ({ id, uri: 'a.feature', line: 3, outcome }) as unknown as ScenarioResult

type Play = (progress: HostProgress, at: (ms: number) => void) => void

function told(isTTY: boolean, play: Play, lanes = LANES): string {
  const written: string[] = []
  let now = 0
  const stream = { isTTY, columns: 160, write: (text: string) => written.push(text) }
  const terminal = new Terminal(stream, { now: () => now, wait: () => new Promise(() => {}) })
  const progress = new HostProgress(terminal, lanes)
  play(progress, ms => {
    now = ms
  })
  progress.close()
  return stripVTControlCharacters(written.join('')).replaceAll(/\d+ ms|\d+\.\d s/g, 'TIME')
}

test('without a terminal a host is one line, when it is done', () =>
  assert.equal(
    told(false, progress => {
      for (const id of ['a', 'c', 'b']) progress.started(scenario(id))
      progress.ended(scenario('c'))
      progress.ended(scenario('a'))
      progress.ended(scenario('b', 'failed'))
    }),
    '✓ web10  1 held  TIME\n✗ web1   1 did not hold, 1 held  TIME\n',
  ))

test('on a terminal one line lives: who is asked, how far, and who has not let us in yet', () =>
  assert.match(
    told(true, progress => {
      progress.started(scenario('a'))
      progress.ended(scenario('a'))
      progress.started(scenario('b'))
      progress.ended(scenario('b'))
    }),
    /✓ web1 +2 held.*2 hosts {2}1 done {2}2\/3 scenarios .*not yet: web10/s,
  ))

test('of many hosts those are named that were begun first, and how many more there are', () => {
  const names = ['a', 'b', 'c', 'd', 'e']
  const many = names.map(name => ({ name: `host-${name}`, scenarios: [name, `${name}2`] }))
  const lanes = [...many, { name: 'last', scenarios: ['z'] }]
  const said = told(
    true,
    (progress, at) => {
      for (const [i, name] of ['d', 'b', 'e', 'a'].entries()) {
        at(1000 * i)
        progress.started(scenario(name))
      }
      progress.ended(scenario('b'))
      progress.started(scenario('z'))
      progress.ended(scenario('z'))
    },
    lanes,
  )
  assert.match(said, /1 done {2}2\/11 scenarios {2}host-d 0\/2, host-b 1\/2, host-e 0\/2 and 1 more {2}not yet: host-c/)
})

test('what is said of a host is said once, however long it waited each time', () => {
  told(false, progress => {
    assert.equal(progress.isNews(scenario('a'), 'No ssh connection, waited 30 s'), true)
    assert.equal(progress.isNews(scenario('b'), 'No ssh connection, waited 2 ms'), false)
    assert.equal(progress.isNews(scenario('c'), 'No ssh connection, waited 2 ms'), true)
  })
})

test('the same failure of one scenario on another host names the first one', () => {
  told(false, progress => {
    assert.equal(progress.sameAs(scenario('a'), 'nginx on web1 was not active'), undefined)
    assert.equal(progress.sameAs(scenario('c'), 'nginx on web10 was not active'), 'web1')
    assert.equal(progress.sameAs(scenario('c'), 'nginx on web10 does not exist'), undefined)
  })
})
