import assert from 'node:assert/strict'
import test from 'node:test'
import { booting, waiting } from './command-line.ts'

const COMMAND = ['qemu-system-x86_64', '-m', '1024', '-S'] as const

test('the command of a machine that was resumed, once or from a state of a resumed one, boots from its disks', () => {
  assert.deepEqual(booting([...COMMAND]), COMMAND)
  assert.deepEqual(booting(waiting(COMMAND)), COMMAND)
  assert.deepEqual(booting(waiting(waiting(COMMAND))), COMMAND)
})

test('words in the middle, or only a part of them, are its own', () => {
  for (const words of [
    ['-incoming', 'defer'],
    ['-S', '-incoming', 'defer', '-name', 'x'],
    ['-S', '-incoming', 'tcp:0:4444'],
  ])
    assert.deepEqual(booting(['qemu', ...words]), ['qemu', ...words])
})
