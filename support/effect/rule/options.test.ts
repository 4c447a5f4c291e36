import assert from 'node:assert/strict'
import test from 'node:test'
import { isChange, needs, options, parse, spec } from './options.ts'
import { anything, said } from './seen.ts'

const KNOWN = spec('-#abn:I? --all --lines= --color[= ..2')
const parsed = (words: string, known = KNOWN, early = false) => {
  const found = parse(words.split(' ').filter(Boolean).map(said), known, 'tool', early)
  if (isChange(found)) return found.because
  const given = found.options.map(({ name, value }) => (value === undefined ? name : `${name}=${value.text}`))
  return `${given.join(' ')} | ${found.operands.map(({ text }) => text).join(' ')}`
}

/** As getopt(3) reads them. */
for (const [words, told] of [
  ['', ' | '],
  ['-a -b', '-a -b | '],
  ['-ab', '-a -b | '],
  ['-n 5 x', '-n=5 | x'],
  ['-n5 x', '-n=5 | x'],
  ['-an5', '-a -n=5 | '],
  ['-Ix y', '-I=x | y'],
  ['-I y', '-I | y'],
  ['-5', ' | '],
  ['--all --lines=3', '--all --lines=3 | '],
  ['--lines 3 x', '--lines=3 | x'],
  ['--lines=', '--lines= | '],
  ['--color x', '--color | x'],
  ['--color=red', '--color=red | '],
  ['x -a y', '-a | x y'],
  ['-- -a', ' | -a'],
  ['- x', ' | - x'],
  ['-c', '"-c" of "tool" is not known to only look'],
  ['-ac', '"-ac" of "tool" is not known to only look'],
  ['--al', '"--al" of "tool" is not known to only look'],
  ['--all=1', '"--all=1" of "tool" is not known to only look'],
  ['-n', '"-n" of "tool" is not known to only look'],
  ['--lines', '"--lines" of "tool" is not known to only look'],
  ['x y z', '"z" of "tool" is not known to only look'],
] as const)
  test(`tool ${words}: ${told}`, () => assert.equal(parsed(words), told))

test('some programs have long options with one dash, and some end their options at the first word', () => {
  const words = spec('words -in: -noout ...')
  assert.equal(parsed('-noout -in file x', words), '-noout -in=file | x')
  assert.match(parsed('-n', words), /"-n" of/)
  const first = spec('first -a ...')
  assert.equal(parsed('-a x', first), '-a | x')
  assert.match(parsed('x -a', first), /"-a" of/)
  assert.equal(parsed('-a x -c y', spec('-a'), true), '-a | x -c y')
})

test('a program takes as many words as are known, none when nothing is said of them', () => {
  assert.match(parsed('x', spec('-a')), /"x" of "tool"/)
  assert.equal(parsed('x', spec('-a ..1')), ' | x')
  assert.match(parsed('x y', spec('..1 -a')), /"y" of "tool"/)
  assert.equal(parsed('1 2 3 4', spec('...')), ' | 1 2 3 4')
  assert.match(parsed('-5', spec('-a')), /"-5" of/)
})

test('what is put in could be an option, the value of one, or several words', () => {
  const unclear = [anything]
  const because = (words: readonly Parameters<typeof parse>[0][number][], known = KNOWN): string => {
    const found = parse(words, known, 'tool')
    return isChange(found) ? found.because : ''
  }
  assert.match(because(unclear), /may become an option of "tool"/)
  for (const option of ['-n', '--lines'])
    assert.match(because([said(option), ...unclear]), /^"…" may become an option of "tool"/)
  assert.match(because([said('-y'), ...unclear]), /^"-y" of "tool"/)
  const many = { ...said('x'), many: true }
  assert.match(because([many]), /may become an option/)
  assert.equal(because([many], spec('...')), '')
})

test('a program that acts by itself looks only with one of some options; the first word that is wrong is told', () => {
  const rule = options('-lx ...', needs('-l', '--list'))
  const because = (words: string) => rule(words.split(' ').filter(Boolean).map(said), {} as never, 'tool')?.because
  assert.equal(because('-l x'), undefined)
  assert.equal(because('-x'), '"no -l or --list" of "tool" is not known to only look')
  assert.equal(because('-c'), '"-c" of "tool" is not known to only look')
})
