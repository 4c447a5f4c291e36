import assert from 'node:assert/strict'
import test from 'node:test'
import { UsageError } from '../core/errors.ts'
import { parseValidity } from './validity.ts'

for (const [text, ms] of [
  ['24 hours', 86_400_000],
  ['24h', 86_400_000],
  ['90m', 5_400_000],
  ['1 hour 30 minutes', 5_400_000],
  ['30d', 2_592_000_000],
  ['1 minute', 60_000],
] as const)
  test(text, () => assert.equal(parseValidity(text).ms, ms))

for (const text of ['', '24', 'for ever', '0 hours', '59 seconds', '31d', '31 days', '-1h', '1e9h'])
  test(`"${text}" is refused`, () => assert.throws(() => parseValidity(text), UsageError))
