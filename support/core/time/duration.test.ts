import assert from 'node:assert/strict'
import test from 'node:test'
import { formatDuration, milliseconds, parseDuration } from './duration.ts'

const read: readonly [string, number | undefined][] = [
  ['30 seconds', 30_000],
  ['1 second', 1000],
  ['1 minute 30 seconds', 90_000],
  ['1 minute   30  seconds', undefined],
  ['1 minute   30 seconds', 90_000],
  ['250 milliseconds', 250],
  ['2 hours', 7_200_000],
  ['1 day 1 hour', 90_000_000],
  ['30', undefined],
  ['30s', undefined],
  ['soon', undefined],
  ['', undefined],
]
for (const [text, ms] of read)
  test(`"${text}" reads as ${ms ?? 'no duration'}`, () => assert.equal(parseDuration(text)?.ms, ms))

const written: readonly [number, string][] = [
  [340, '340 ms'],
  [5000, '5 s'],
  [1240, '1.2 s'],
  [90_000, '90 s'],
  [150_000, '2 min 30 s'],
]
for (const [ms, text] of written)
  test(`${ms} ms is written ${text}`, () => assert.equal(formatDuration(milliseconds(ms)), text))
