import assert from 'node:assert/strict'
import test from 'node:test'
import { ConfigurationBroken, EnvironmentBroken } from '../core/errors.ts'
import { outcomeOfError } from '../report/results/outcome.ts'
import { onItsWay, tellOnce } from './told-once.ts'

const at = (scenario: string) => ({ scenario, name: `scenario ${scenario}`, place: 'web.feature:3' })
const broken = () => new ConfigurationBroken('Host "t14" does not evaluate\n\n  Reason  many lines')

test('the first scenario is told everything, the others where that was', () => {
  const error = broken()
  assert.equal(tellOnce(error, at('a')), error)
  const other = tellOnce(error, at('b'))
  assert.match(
    String(other),
    /^ConfigurationBroken: Host "t14" does not evaluate\n\s+Told in +"scenario a", web\.feature:3$/,
  )
  assert.equal(outcomeOfError(other), 'failed')
})

test('another try at the same scenario is told in full again', () => {
  const error = broken()
  tellOnce(error, at('a'))
  assert.equal(tellOnce(error, at('a')), error)
})

test('a machine that the surroundings keep from booting is told in full once, too', async () => {
  const error = new EnvironmentBroken('QEMU did not start\n\n  Said  many lines')
  await assert.rejects(onItsWay(Promise.reject(error)), error)
  assert.equal(tellOnce(error, at('a')), error)
  const other = tellOnce(error, at('b'))
  assert.match(String(other), /^EnvironmentBroken: QEMU did not start\n\s+Told in +"scenario a", web\.feature:3$/)
  assert.equal(outcomeOfError(other), 'error')
})

test('what only looks the same is told in full, and so is what could not be checked', () => {
  tellOnce(broken(), at('a'))
  const alike = broken()
  assert.equal(tellOnce(alike, at('b')), alike)
  const dead = new EnvironmentBroken('Machine "t14" could not be booted')
  tellOnce(dead, at('a'))
  assert.equal(tellOnce(dead, at('b')), dead)
})

test('an error that is none of ours is left alone', () => {
  const error = new TypeError('x')
  tellOnce(error, at('a'))
  assert.equal(tellOnce(error, at('b')), error)
})
