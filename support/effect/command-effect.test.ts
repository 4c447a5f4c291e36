import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import test, { describe } from 'node:test'
import { whyNoLook } from './command-effect.ts'

/** One command to a line; `⏎` is the end of a line in it. */
const rows = (name: string): readonly string[] =>
  readFileSync(join(import.meta.dirname, 'testing', name), 'utf8')
    .split('\n')
    .filter(line => line !== '')
    .map(line => line.replaceAll('⏎', '\n'))

const shown = (script: string): string => script.replaceAll('\n', ' ⏎ ')

describe('what administrators ask of a machine every day is a look', () => {
  for (const script of rows('looks.txt')) test(shown(script), () => assert.equal(whyNoLook(script)?.because, undefined))
})

describe('what changes it, and what nothing is known of, is a change', () => {
  for (const script of rows('changes.txt'))
    test(shown(script), () => assert.equal(whyNoLook(script)?.effect, 'changes'))
})

describe('the word that is no look is told, and nothing around it', () => {
  for (const [script, because] of [
    ['kill -9 1', '"kill" is not known to only look'],
    ['echo $(( $(cat x) + 1 )); ls', 'arithmetic runs what "$(cat x)" may hold'],
    ['set -e -o nope', '"nope" of "set" is not known to only look'],
    ['set -q-o posix', '"-q-o" of "set" is not known to only look'],
    ['pidstat 1 x', '"x" of "pidstat" is not known to only look'],
    ['ls; git log --output=x; ls', '"--output=x" of "git log" is not known to only look'],
    ['redis-cli xxping', '"xxping" of "redis-cli" is not known to only look'],
    ['nft flush ruleset', '"flush" of "nft" is not known to only look'],
    ["nft list ruleset 'x;y'", '"ruleset" of "nft" is not known to only look'],
    ['source x', 'what "source x" runs is not known before it runs'],
    ['parted /dev/sda unit "./$X" print', '"unit ? print" of "parted" is not known to only look'],
    ['echo "a\\', 'its text is not understood at its end'],
    ['echo a\\', 'its text is not understood at "\\"'],
    [`sh -c '[[ a > b ]]'`, 'a shell that is no bash reads "[[ a > b ]]" in another way'],
    ['source', 'what "source " runs is not known before it runs'],
  ] as const)
    test(shown(script), () => assert.equal(whyNoLook(script)?.because, because))
})

describe('what ends a boot is told apart', () => {
  for (const script of rows('restarts.txt'))
    test(shown(script), () => assert.equal(whyNoLook(script)?.effect, 'restarts'))
})
