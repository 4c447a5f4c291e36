import assert from 'node:assert/strict'
import test from 'node:test'
import { toolMissing, UnreadableAnswer } from './unreadable-answer.ts'

const result = (stderr: string, stdout = '') => ({
  exitCode: 127,
  stdout: Buffer.from(stdout),
  stderr: Buffer.from(stderr),
})
const head = (error: Error): string | undefined => error.message.split('\n')[0]

test('a tool that cannot be run is told by the line that says so', () => {
  for (const line of ['bash: line 1: ss: command not found', '/x: No such file or directory', 'y: Permission denied'])
    assert.equal(
      toolMissing('the ports', result(`warning: a locale\n${line}\nmore\n`)).message,
      `the ports could not be read: the tool for it cannot be run here: ${line}`,
    )
})

test('where none says so it is the first line that says anything, and the cause is left open where all is silent', () => {
  const missing = (stderr: string) => toolMissing('the ports', result(stderr)).message
  assert.equal(
    missing('\n\n  ss: broken\nmore\n'),
    'the ports could not be read: the tool for it cannot be run here: ss: broken',
  )
  assert.equal(missing('\n'), 'the ports could not be read: the tool for it cannot be run here')
})

test('a tool that is not there does not come by waiting; nonsense may pass', () => {
  assert.equal(toolMissing('x', result('')).retryable, false)
  assert.equal(new UnreadableAnswer('x', result('')).retryable, true)
})

test('an answer that cannot be read is told by the first line of what went wrong, and by the ends of all', () => {
  const said = Array.from({ length: 7 }, (_, i) => `row ${i}`).join('\n')
  const error = new UnreadableAnswer('the ports', result('\n\n  ss: broken\nmore\n', said))
  assert.equal(head(error), 'the ports could not be read: ss: broken')
  assert.match(error.message, /Exit code +127\n/)
  assert.ok(error.message.includes('row 6') && !error.message.includes('row 1'), error.message)
  assert.equal(head(new UnreadableAnswer('the ports', result(' \n'))), 'the ports could not be read')
})
