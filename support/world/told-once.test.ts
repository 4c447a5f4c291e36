import assert from 'node:assert/strict'
import test from 'node:test'
import { ConfigurationBroken, EnvironmentBroken } from '../core/errors.ts'
import { outcomeOfError } from '../report/results/outcome.ts'
import { tellOnce } from './told-once.ts'

const broken = () => new ConfigurationBroken('Host "t14" does not evaluate\n\n  Reason  many lines')

test('the first place is told everything, the others where that was', () => {
  const error = broken()
  assert.equal(tellOnce(error, 'a.feature:3'), error)
  const other = tellOnce(error, 'b.feature:7')
  assert.match(String(other), /^ConfigurationBroken: Host "t14" does not evaluate\n\s+Told at +a\.feature:3$/)
  assert.equal(outcomeOfError(other), 'failed')
})

test('another try at the same place is told in full again', () => {
  const error = broken()
  tellOnce(error, 'a.feature:3')
  assert.equal(tellOnce(error, 'a.feature:3'), error)
})

test('what only looks the same is told in full, and what could not be checked stays so', () => {
  tellOnce(broken(), 'a.feature:3')
  const alike = broken()
  assert.equal(tellOnce(alike, 'b.feature:7'), alike)
  const dead = new EnvironmentBroken('Machine "t14" could not be booted')
  tellOnce(dead, 'a.feature:3')
  assert.equal(outcomeOfError(tellOnce(dead, 'b.feature:7')), 'error')
})

test('an error that is none of ours is left alone', () => {
  const error = new TypeError('x')
  tellOnce(error, 'a.feature:3')
  assert.equal(tellOnce(error, 'b.feature:7'), error)
})
