import assert from 'node:assert/strict'
import test from 'node:test'
import { EvidenceLinks, fileLink } from './evidence-links.ts'

const RUN = '/home/me/my project/.nixcumber/runs/2026-05-01T12-00-00'
const FILE = 'evidence/machines/t14.console.log'
const LINK = `<a href="${FILE}">${FILE}</a>`

const rows: readonly (readonly [string, readonly string[], string, string])[] = [
  ['an absolute path, with a blank in the folder', [FILE], `console: ${RUN}/${FILE}`, `console: ${LINK}`],
  ['a relative one', [FILE], `see ${FILE}.`, `see ${LINK}.`],
  ['of another run no link', [FILE], `console: /tmp/trial/out/${FILE} (end)`, `console: /tmp/trial/out/${FILE} (end)`],
  ['two in one text', [FILE], `${FILE}, ${FILE}`, `${LINK}, ${LINK}`],
  ['what is not there is no link', [], `console: ${FILE}`, `console: ${FILE}`],
  ['not what only looks like it', [FILE], `${FILE}.old circumstantial-${FILE}x`, `${FILE}.old circumstantial-${FILE}x`],
  ['a folder of a merged run', ['evidence/2-b/machines/t14.console.log'], `console: /ci/b/${FILE}`, merged('2-b')],
  [
    'a merged run with a long name',
    ['evidence/12-shard_b/machines/t14.console.log'],
    `console: /ci/shard_b/${FILE}`,
    merged('12-shard_b'),
  ],
  ['of the folder of evidence itself no link', [FILE], 'all is in evidence/', 'all is in evidence/'],
  ['the run that is meant', bothRuns(), `console: /ci/b/${FILE}`, merged('2-b')],
  ['a merged run that is none of them', bothRuns(), `console: /ci/c/${FILE}`, `console: /ci/c/${FILE}`],
  ['markup around it is text', [FILE], `<b>${FILE}</b>`, `&lt;b&gt;${LINK}&lt;/b&gt;`],
]
for (const [what, files, text, wanted] of rows)
  test(`evidence in a text: ${what}`, () => assert.equal(new EvidenceLinks(RUN, files).linked(text).text, wanted))

test('a line of two mebibytes is read in no time', () => {
  const line = `${'x'.repeat(1024 * 1024)}/${'.'.repeat(1024 * 1024)}`
  const start = performance.now()
  assert.equal(new EvidenceLinks(RUN, [FILE]).linked(`${line} ${FILE}.`).text, `${line} ${LINK}.`)
  assert.ok(performance.now() - start < 1000)
})

test('no name of a file is anything but a path beside the page', () => {
  assert.equal(
    fileLink('evidence/"><script>.log').text,
    '<a href="evidence/%22%3E%3Cscript%3E.log">evidence/&quot;&gt;&lt;script&gt;.log</a>',
  )
  assert.match(fileLink('evidence/a#b?c%d.log').text, /href="evidence\/a%23b%3Fc%25d\.log"/)
  assert.match(fileLink('javascript:alert(1)//evidence/x').text, /href="javascript%3Aalert\(1\)/)
})

function bothRuns(): string[] {
  return ['evidence/1-a/machines/t14.console.log', 'evidence/2-b/machines/t14.console.log']
}

function merged(run: string): string {
  const file = `evidence/${run}/machines/t14.console.log`
  return `console: <a href="${file}">${file}</a>`
}
