import assert from 'node:assert/strict'
import test from 'node:test'
import { SizeBook } from './sizes.ts'

test('a machine that all scenarios had alike has no sizes of its own', () => {
  const book = new SizeBook()
  book.add('web', { memoryMiB: 1024, cores: 1 }, ['one'])
  book.add('web', { memoryMiB: 1024, cores: 1 }, ['two'])
  assert.deepEqual(book.told, {})
})

test('one that they had in two sizes tells who had which, each scenario once', () => {
  const book = new SizeBook()
  for (const scenario of ['one', 'one', 'two']) book.add('web', { memoryMiB: 1024, cores: 1 }, [scenario])
  book.add('web', { memoryMiB: 4096, cores: 1, diskMiB: 20_480 }, ['big'])
  book.add('db', { memoryMiB: 512 }, ['one'])
  assert.deepEqual(book.told, {
    web: [
      { memoryMiB: 1024, cores: 1, scenarios: ['one', 'two'] },
      { memoryMiB: 4096, cores: 1, diskMiB: 20_480, scenarios: ['big'] },
    ],
  })
})
