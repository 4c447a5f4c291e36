import assert from 'node:assert/strict'
import test from 'node:test'
import type { Expectation } from '../expect/expectation.ts'
import type { CommandFacts } from '../probe/command.ts'
import { exitsWith, fails, prints, printsLineMatching, printsNot, printsNothing, succeeds } from './command.ts'

const ended = (exitCode: number, stdout = '', stderr = ''): CommandFacts =>
  ({ exitCode, stdout, stderr }) as CommandFacts
const words = ({ wanted, missed, hold }: Expectation<CommandFacts>) =>
  `${wanted}, ${missed}${hold ? `, for ${hold.ms}` : ''}`
const told = (expectation: Expectation<CommandFacts>, facts: CommandFacts) => {
  const judgement = expectation.judge(facts)
  return 'why' in judgement ? judgement.why : judgement.verdict
}

test('what is asked of a command has its words; what is asked again must hold for a while', () => {
  assert.deepEqual(
    [
      succeeds,
      fails(),
      fails(true),
      exitsWith(3),
      prints('a'),
      prints('a', 'stderr'),
      printsNot('a'),
      printsNot('a', 'stderr', true),
      printsLineMatching(/^a$/),
      printsLineMatching(/^a$/, 'stderr'),
      printsNothing,
    ].map(words),
    [
      'exit code 0, did not succeed',
      'another exit code than 0, succeeded',
      'another exit code than 0, still succeeded, for 500',
      'exit code 3, did not exit with 3',
      '"a", did not print "a"',
      '"a" to standard error, did not print "a" to standard error',
      'not "a", printed "a"',
      'not "a" to standard error, still printed "a" to standard error, for 500',
      'a line matching ^a$, did not print a line matching ^a$',
      'a line matching ^a$ to standard error, did not print a line matching ^a$ to standard error',
      'nothing, printed something',
    ],
  )
})

test('a command is seen with its exit code and the end of what it said', () => {
  const seen = (facts: CommandFacts) => [succeeds.judge(facts).seen, succeeds.judge(facts).state]
  assert.deepEqual(seen(ended(3)), ['exit code 3', 'exit code 3'])
  assert.deepEqual(seen(ended(0, 'out\n', ' \n')), ['exit code 0\nout', 'exit code 0'])
  assert.deepEqual(seen(ended(1, 'out', 'err\n')), ['exit code 1\nout\nstandard error: err', 'exit code 1'])
  const many = [...Array(12).keys()].join('\n')
  assert.equal(seen(ended(0, many))[0], `exit code 0\n… 2 lines before\n${many.split('\n').slice(2).join('\n')}`)
})

/** In the words of bash and dash. */
for (const [stderr, line] of [
  ['bash: line 1: mountpiont: command not found\n', 'bash: line 1: mountpiont: command not found'],
  ['sh: 1: mountpiont: not found\n', 'sh: 1: mountpiont: not found'],
  ['/bin/sh: mountpiont: not found\nmore', '/bin/sh: mountpiont: not found'],
  ['first\nline 3: mountpiont: command not found', 'line 3: mountpiont: command not found'],
] as const)
  test(`that a program is not there is no answer of it: ${line}`, () => {
    for (const each of [fails(), fails(true), printsNot('a'), printsNothing])
      assert.equal(told(each, ended(1, '', stderr)), `it was not run: ${line}`)
  })

test('what the shell could not run tells nothing; what was killed has failed once, and tells nothing again', () => {
  assert.equal(told(fails(), ended(126, '', 'a\nx: Permission denied\n')), 'it was not run: x: Permission denied')
  assert.equal(told(fails(), ended(127)), 'it was not run: exit code 127')
  assert.equal(told(fails(), ended(125)), 'met')
  assert.equal(told(fails(), ended(137)), 'met')
  assert.equal(told(fails(true), ended(137)), 'it was killed (signal 9)')
  assert.equal(told(printsNot('a'), ended(137)), 'it was killed (signal 9)')
  assert.equal(told(printsNot('a'), ended(136)), 'met')
  assert.equal(told(fails(), ended(0)), 'not-yet')
})

test('one stream is not the other, and blanks are nothing', () => {
  assert.deepEqual([told(prints('a'), ended(0, 'a')), told(prints('a'), ended(0, '', 'a'))], ['met', 'not-yet'])
  assert.deepEqual(
    [told(printsNot('a', 'stderr'), ended(0, 'a')), told(printsNot('a', 'stderr'), ended(0, '', 'a'))],
    ['met', 'not-yet'],
  )
  assert.deepEqual(
    [told(printsLineMatching(/^b$/), ended(0, 'a\nb\nc')), told(printsLineMatching(/^b$/), ended(0, 'ab'))],
    ['met', 'not-yet'],
  )
  assert.deepEqual([told(printsNothing, ended(0, ' \n')), told(printsNothing, ended(0, 'a'))], ['met', 'not-yet'])
  assert.deepEqual([told(exitsWith(3), ended(3)), told(exitsWith(3), ended(4))], ['met', 'not-yet'])
})
