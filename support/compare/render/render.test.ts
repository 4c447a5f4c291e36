import assert from 'node:assert/strict'
import test from 'node:test'
import { golden } from '../../core/testing/golden.ts'
import type { Comparison } from '../comparison.ts'
import { everything } from '../testing/everything.ts'
import { renderComparison } from './html.ts'
import { renderComparisonJunit } from './junit.ts'
import { renderMarkdown } from './markdown.ts'
import { renderNagios } from './nagios.ts'
import { renderPrometheus } from './prometheus.ts'
import { renderText } from './text.ts'

const plain = (_: string, text: string): string => text

for (const [file, render] of [
  ['compare.txt', (each: Comparison) => `${renderText(each, plain)}\n`],
  ['compare.md', renderMarkdown],
  ['compare.html', renderComparison],
  ['compare.junit.xml', renderComparisonJunit],
  ['compare.prom', renderPrometheus],
  ['compare.nagios', (each: Comparison) => `${renderNagios(each)}\n`],
] as const)
  test(`${file} is as it was looked at, and holds nothing that is not text`, () => {
    const said = render(everything())
    golden(file, said)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: none of these may come through
    assert.doesNotMatch(said, /[\u0000-\u0008\u000b-\u001f\u007f]/)
    if (/html|xml/.test(file)) assert.doesNotMatch(said, /<img/)
    if (file.endsWith('.html')) assert.doesNotMatch(said, /(?:src|href)="?(?:https?:|\/\/)|@import|url\(/)
  })

test('a terminal shows 40 of a list, and says how many more there are, and where', () => {
  const shown = (count: number): string =>
    renderText({ ...everything(), added: Array.from({ length: count }, (_, i) => `scenario ${i + 1}.`) }, plain)
  const [whole, cut] = [shown(40), shown(41)]
  assert.match(whole, /Added {2}40\n[\s\S]*scenario 40\./)
  assert.doesNotMatch(whole, /more: --html/)
  assert.match(cut, /Added {2}41\n[\s\S]*scenario 40\.\n +… 1 more: --html FILE has them all/)
  assert.doesNotMatch(cut, /scenario 41\./)
})

test('the lists have the names that programs rely on', () =>
  assert.deepEqual(
    Object.keys(JSON.parse(JSON.stringify(everything())) as object).filter(
      each => !['base', 'current', 'moved', 'systems', 'held'].includes(each),
    ),
    [
      'verdict',
      'newFailures',
      'newErrors',
      'stillFailing',
      'fixed',
      'flaky',
      'waived',
      'facts',
      'slower',
      'added',
      'removed',
      'renamed',
      'notComparable',
    ],
  ))

test('the systems of several machines are told line by line', () => {
  const systems = ['web1', 'web2'].map(machine => ({ machine, before: 'a', after: 'b', transports: false }))
  assert.match(
    renderText({ ...everything(), systems }, plain),
    /^ {2}System +web1: another system: a → b\n +web2: another system: a → b$/m,
  )
})
