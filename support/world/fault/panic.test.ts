import assert from 'node:assert/strict'
import test from 'node:test'
import { FakeMachine } from '../../machine/drivers/fake.ts'
import type { NixWorld } from '../world.ts'
import { panic } from './panic.ts'

test('the kernel of a live host is not made to panic', () =>
  assert.rejects(
    panic({} as NixWorld, new FakeMachine({ kind: 'fake', name: 't14' })),
    /^NotSupported: "t14" is a live host: its kernel is not made to panic/,
  ))
