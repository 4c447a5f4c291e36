/** A look at a target leaves no trace there: the system calls tell. */
import assert from 'node:assert/strict'
import test from 'node:test'
import { tracesSkip as skip, traces } from '../probe/testing/traces.ts'
import { targetCommand } from './facts.ts'

test('nothing is written on a target', { skip }, () => assert.deepEqual(traces(targetCommand().script), []))
