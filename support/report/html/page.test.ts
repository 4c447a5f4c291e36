import assert from 'node:assert/strict'
import test from 'node:test'
import { fold, manyResults, recorded, reportOf } from '../testing/reports.ts'
import { renderHtml } from './page.ts'

const held = () => {
  const results = fold(recorded)
  for (const scenario of results.scenarios) scenario.outcome = 'held'
  return results
}

/** The entries of "What needs a look", each as its text. */
const troubles = (page: string): string[] => {
  const [, list = ''] = /<nav [^>]*>([\s\S]*)<\/nav>/.exec(page) ?? []
  return list
    .split(/<li>(?=<a [^>]*>(?:(?!<\/a>)[\s\S])*<\/a> <small>|<a href="#unreadable)/)
    .slice(1)
    .map(item =>
      item
        .replaceAll(/<[^>]*>/g, '')
        .replaceAll(/\s+/g, ' ')
        .trim(),
    )
}

test('one cause is told once, with the number of scenarios that say the same', () => {
  const told = troubles(renderHtml(reportOf(manyResults(33))))
  // Eight of eleven scenarios are bad; nginx is another machine's in each copy.
  assert.equal(told.length, 8 + 2)
  assert.match(
    told.find(each => each.includes('Machine &quot;web&quot; cannot be reached')) ?? '',
    /2 more scenarios say the same/,
  )
  assert.equal(told.filter(each => /nginx\.service on web\d was not active/.test(each)).length, 3)
})

test('hosts of a role that fail alike are one cause', () => {
  const results = held()
  for (const [at, scenario] of results.scenarios.slice(0, 3).entries())
    Object.assign(scenario, { outcome: 'error', machine: `web${at}`, reason: `web${at} cannot be reached` })
  const [told = '', ...others] = troubles(renderHtml(reportOf(results)))
  assert.match(told, /web0 cannot be reached 2 more scenarios say the same.*@ web1.*@ web2/)
  assert.deepEqual(others, [])
})

test('a feature that cannot be read comes first', () => {
  const results = held()
  results.unreadable.push({ uri: 'features/broken.feature', message: '(3:1): expected: #StepLine\n more' })
  const page = renderHtml(reportOf(results))
  assert.deepEqual(troubles(page), ['? features/broken.feature is not readable (3:1): expected: #StepLine'])
  assert.match(page, /href="#unreadable-1"[\s\S]*id="unreadable-1"/)
  assert.match(page, /class="skip" href="#trouble"/)
})

test('where nothing needs a look nothing says so, and the scenarios are skipped to', () => {
  const page = renderHtml(reportOf(held()))
  assert.doesNotMatch(page, /<nav|#trouble/)
  assert.match(page, /class="skip" href="#scenarios"/)
})

test('no two scenarios have one address', () => {
  const results = manyResults(33)
  for (const scenario of results.scenarios) Object.assign(scenario, { uri: 'a/b.feature', line: 1 })
  const page = renderHtml(reportOf(results))
  const ids = [...page.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id)
  assert.equal(new Set(ids).size, ids.length)
  for (const [, target] of page.matchAll(/href="#([^"]*)"/g)) assert.ok(ids.includes(target), target)
})

test('what a run has kept is there where no console can be read here, and the other way about; of nothing there is nothing', () => {
  const page = (more: object): string =>
    renderHtml({ ...reportOf(held()), ...{ transcripts: [], evidence: [] }, ...more })
  const console = { path: 'evidence/web.console.log', text: 'login:', bytes: 6 }
  assert.match(page({ evidence: ['evidence/build.log'] }), /id="evidence"[\s\S]*<a href="evidence\/build\.log">/)
  assert.match(page({ transcripts: [console], evidence: [console.path] }), /id="evidence"[\s\S]*login:<\/pre>/)
  assert.doesNotMatch(page({ transcripts: [console], evidence: [console.path] }), /<ul class="files">/)
  assert.doesNotMatch(page({}), /id="evidence"/)
})

test('consoles without end do not make a page without end: the rest are links', () => {
  const transcripts = Array.from({ length: 100 }, (_, at) => {
    const path = `evidence/machines/web${at}.console.log`
    return { path, text: 'x'.repeat(128 * 1024), bytes: 1e6 }
  })
  const report = reportOf(held())
  const page = renderHtml({ ...report, transcripts, evidence: transcripts.map(({ path }) => path) })
  assert.ok(page.length < 3_000_000)
  for (const { path } of transcripts) assert.ok(page.includes(`<a href="${path}">`), path)
})
