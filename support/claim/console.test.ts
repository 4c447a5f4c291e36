import assert from 'node:assert/strict'
import test from 'node:test'
import { not } from '../expect/not.ts'
import { consoleShows, consoleShowsMatching, type Printed } from './console.ts'

const menu: Printed = {
  text: 'SeaBIOS\nGeneration 2Generation 3Boot',
  screen: ['Boot', '', '  Generation 3', '  Generation 2'],
  over: false,
  isPart: false,
}

test('a line of a drawn menu is a line, though it was not sent as one', () => {
  assert.equal(consoleShowsMatching(/^ *Generation 3$/).judge(menu).verdict, 'met')
  assert.equal(consoleShowsMatching(/^SeaBIOS$/).judge(menu).verdict, 'met')
})

test('what has scrolled away was shown all the same', () => {
  assert.equal(consoleShows('SeaBIOS').judge(menu).verdict, 'met')
  assert.equal(not(consoleShows('SeaBIOS'), 'still showed it').judge(menu).verdict, 'not-yet')
})

test('what is missing is answered by what stands there now', () => {
  const judgement = consoleShows('Generation 4').judge(menu)
  assert.deepEqual(judgement, { ...judgement, verdict: 'not-yet', seen: 'Boot\n  Generation 3\n  Generation 2' })
})

test('of a cleared screen what was printed before is told', () => {
  const judgement = consoleShows('x').judge({ text: 'Rebooting\n', screen: ['', ''], over: false, isPart: false })
  assert.deepEqual(judgement, { ...judgement, seen: 'Rebooting' })
})

test('a machine that is off will show nothing more', () =>
  assert.equal(consoleShows('x').judge({ ...menu, over: true }).verdict, 'never'))
