import assert from 'node:assert/strict'
import test from 'node:test'
import type { Report } from '../report.ts'
import type { ScenarioResult } from '../results/result-types.ts'
import { Results } from '../results/results.ts'
import { reportOf } from '../testing/reports.ts'
import { renderHtml } from './page.ts'

const scenario = (text: string): ScenarioResult => ({
  ...{ id: text, key: text, body: '', uri: text, line: 3, feature: text, rule: text, name: text, machine: text },
  ...{
    outcome: 'failed',
    attempts: 2,
    milliseconds: 5,
    tags: [text],
    earlier: [{ outcome: 'failed', said: text, message: text }],
    reason: `${text} evidence/${text}`,
  },
  steps: [
    {
      ...{ keyword: text, text, hook: false, docString: text, table: [[text]], outcome: 'held', milliseconds: 1 },
      observation: { subject: text, wanted: '', seen: `seen ${text}`.slice(0, 90) },
      attachments: [
        { name: text, mediaType: text, body: text, encoding: 'IDENTITY' },
        { name: text, mediaType: 'text/html', body: text, encoding: 'IDENTITY' },
        { name: text, mediaType: 'image/svg+xml', body: Buffer.from(text).toString('base64'), encoding: 'BASE64' },
        { name: text, mediaType: 'image/png', body: `${text}"`, encoding: 'BASE64' },
      ],
    },
    {
      ...{ keyword: 'Then ', text, hook: true, outcome: 'failed', milliseconds: 1, ours: true, attachments: [] },
      error: { type: text, message: `${text}\n\n  Expected   ${text}\n  Next       ${text}\n\n${text}` },
    },
  ],
})

/** A report in which every text that comes from a feature, a host, a file or the command line is this one. */
function reportOfAll(text: string): Report {
  const results = new Results()
  const scenarios = [scenario(text), scenario(text)]
  results.features.push({ uri: text, name: text, description: text, scenarios })
  results.unreadable.push({ uri: text, message: text })
  const report = reportOf(results)
  const { run } = report
  const file = `evidence/${text}.console.log`
  return {
    ...report,
    verdict: { ...report.verdict, summary: text, restriction: text },
    run: {
      ...run,
      ...{ command: [text], notes: [text], toplevels: { [text]: text }, machines: { [text]: { [text]: text } } },
      flake: { reference: text, revision: text, narHash: text, inputs: { [text]: text }, harness: [text] },
    },
    ...{ folder: text, evidence: [file, 'evidence/other'], transcripts: [{ path: file, text, bytes: 1 }] },
  }
}

/** Elements with the names of their attributes, and what addresses point to: none of it may depend on a text. */
const skeleton = (page: string): string[] =>
  [...page.replace(/<style>[\s\S]*?<\/style>/, '').matchAll(/<[^>]*>/g)].map(([tag]) =>
    tag.replaceAll(/="[^"]*"/g, '='),
  )

const targets = (page: string): string[] =>
  [...page.matchAll(/(?:href|src|action|style)="([^"]*)"/g)].map(([, target = '']) => target)

const hostile = [
  '<script>alert(1)</script>',
  '</style></script></pre><script src=//evil.example/x.js></script>',
  '<img src=x onerror=alert(1)>',
  '<svg onload=alert(1)>',
  '" onmouseover="alert(1)" x="',
  "' onfocus='alert(1)' autofocus='",
  '"><base href=//evil.example/>',
  '--><!-- <meta http-equiv=refresh content=0;url=//evil.example/>',
  'javascript:alert(1)',
  'https://evil.example/x.png',
  '//evil.example/x',
  'data:text/html,<script>alert(1)</script>',
  '&lt;script&gt; &amp;quot; &#x22;',
  '\u001b]8;;https://evil.example\u0007click\u001b]8;;\u0007',
]
const harmless = renderHtml(reportOfAll('words'))

for (const text of hostile)
  test(`is text wherever it stands: ${JSON.stringify(text)}`, () => {
    const page = renderHtml(reportOfAll(text))
    assert.deepEqual(skeleton(page), skeleton(harmless))
    for (const target of targets(page))
      assert.match(target, /^(#[\w-]+|evidence\/(?:[^:&<>"' ]|&#39;)*|flex-grow: \d+)$/)
  })

test('text is shown as it is written, escaped once', () => {
  const page = renderHtml(reportOfAll('&lt;b&gt; <b>'))
  assert.match(page, /<h2>&amp;lt;b&amp;gt; &lt;b&gt; <small>/)
})

test('a picture is shown, what comes as text under its name is text, and a second attempt is told', () => {
  const report = reportOfAll('x')
  const [step] = report.results.features[0]?.scenarios[0]?.steps ?? []
  assert.ok(step)
  const picture = { name: 'screen', mediaType: 'image/png', body: 'iVBORw0=' } as const
  Object.assign(step, {
    attachments: [
      { ...picture, encoding: 'BASE64' },
      { ...picture, body: 'AAAA', encoding: 'IDENTITY' },
    ],
  })
  const page = renderHtml(report)
  assert.equal(page.split('src="data:image/png;base64,iVBORw0="').length - 1, 1)
  assert.match(page, /<details class="console"><summary>screen<\/summary>/)
  assert.match(page, /<span class="tag">attempt 2<\/span>/)
})
