import assert from 'node:assert/strict'
import test from 'node:test'
import { commandEffect, isLookOfBashOnly, runsOf, whyNoLook } from './command-effect.ts'

const runs = (script: string): string[] => runsOf(script).map(run => run.map(({ text }) => text ?? '?').join(' '))

test('a command reads, changes, or ends the boot', () => {
  assert.deepEqual(['ls', 'rm x', 'ls; reboot', ''].map(commandEffect), ['reads', 'changes', 'restarts', 'reads'])
})

test('all that a look runs is told, by the name of the program, and the files that are read into it', () => {
  assert.deepEqual(runs('cat < /etc/passwd | sort -n'), ['< /etc/passwd', 'cat', 'sort -n'])
  assert.deepEqual(runs('/run/current-system/sw/bin/ls "$HOME"'), ['ls ?'])
  assert.deepEqual(runs("sudo sh -c 'id; uname'"), ['sudo sh -c id; uname', 'sh -c id; uname', 'id', 'uname'])
  assert.deepEqual(runs('ls; rm x'), [])
})

test('the first thing that is no look is told; what ends the boot goes before it', () => {
  assert.equal(whyNoLook('touch a; rm b')?.because, '"touch" is not known to only look')
  assert.equal(whyNoLook('touch a; reboot')?.because, '"reboot" is not known to only look')
  assert.equal(whyNoLook('reboot > /tmp/log')?.effect, 'restarts')
  assert.equal(whyNoLook('ls > /tmp/log')?.because, '"> /tmp/log" writes')
  assert.match(whyNoLook('ls "')?.because ?? '', /its text is not understood at/)
  assert.match(whyNoLook('$X y')?.because ?? '', /what "\$X" runs is not known before it runs/)
  assert.match(whyNoLook('sh -c "ls $X"')?.because ?? '', /what .*ls \$X.* runs is not known before it runs/)
})

test('scripts in scripts are read to a depth, and no deeper', () => {
  const nested = (depth: number) => `${'eval '.repeat(depth)}ls`
  assert.equal(whyNoLook(nested(8)), undefined)
  assert.match(whyNoLook(nested(9))?.because ?? '', /too deep/)
})

test('a look that another shell reads in another way is one of bash only', () => {
  const only = ['[[ a > b ]]', '((x > 1))', 'ls | while read f; do [[ $f > b ]]; done']
  for (const script of only) assert.ok(whyNoLook(script) === undefined && isLookOfBashOnly(script), script)
  for (const script of ['ls', '[ a = b ]', '[[ -e /etc ]]', 'rm x', '[[ a > b ]]; rm x'])
    assert.ok(!isLookOfBashOnly(script), script)
})
