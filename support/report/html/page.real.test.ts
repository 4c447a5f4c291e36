import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { OpenedPage, SCHEMES, type View, WIDTHS } from '../testing/browser.ts'
import { pagesInChromium, timeout } from '../testing/chromium.ts'
import { tabsToTrouble, whereIs } from '../testing/keyboard.ts'
import { axeFaults, printFaults, thinOut, widthFaults } from '../testing/page-audit.ts'
import { fold, manyResults, recorded, reportOf } from '../testing/reports.ts'
import { renderHtml } from './page.ts'

const pages = pagesInChromium()
const { folder } = pages

/** Every outcome there is, a picture, and what a console has printed. */
const mixed = renderHtml(reportOf(fold(recorded)))
const views: readonly View[] = SCHEMES.flatMap(scheme => WIDTHS.map(width => ({ scheme, width })))

async function open(content: string, view?: View): Promise<OpenedPage> {
  const file = join(mkdtempSync(join(folder, 'p-')), 'report.html')
  writeFileSync(file, content)
  return OpenedPage.open(pages.browser, file, view)
}

for (const view of views)
  test(`every outcome, ${view.scheme}, ${view.width} wide: no barrier, nothing cut off, nothing fetched`, {
    timeout,
  }, async () => {
    await using opened = await open(mixed, view)
    assert.deepEqual(await widthFaults(opened.page), [])
    assert.deepEqual(await axeFaults(opened.page), [])
    assert.deepEqual(opened.faults, [])
  })

for (const [count, most] of [
  [1, 20_000],
  [500, 600_000],
  [5000, 6_000_000],
] as const)
  test(`${count} scenarios: bounded in size and time, readable in every width, the first failure two keys away`, {
    timeout,
  }, async () => {
    const content = renderHtml(reportOf(manyResults(count)))
    assert.ok(content.length < most, `${content.length} characters`)
    await using opened = await open(content)
    assert.ok(opened.cpuSeconds < 15, `${opened.cpuSeconds} s to load`)
    assert.ok((await tabsToTrouble(opened.page, 5)) <= 2)
    for (const width of WIDTHS) {
      await opened.page.setViewportSize({ width, height: 900 })
      assert.deepEqual(await widthFaults(opened.page), [])
    }
    assert.deepEqual(await thinOut(opened.page), [])
    assert.deepEqual(await axeFaults(opened.page), [])
    assert.deepEqual(opened.faults, [])
  })

test('by keyboard: the skip link, the first failure, and its steps folded and unfolded', { timeout }, async () => {
  await using opened = await open(mixed)
  const { page } = opened
  const press = async (key: string) => {
    await page.keyboard.press(key)
    return whereIs(page)
  }
  assert.deepEqual(await press('Tab'), { focused: 'skip link', hash: '', visible: true })
  assert.equal((await press('Enter')).hash, '#trouble')
  assert.deepEqual(await press('Tab'), { focused: 'trouble', hash: '#trouble', visible: true })
  assert.equal((await press('Enter')).hash, '#features-hostile-feature-3')
  assert.deepEqual(await press('Tab'), { focused: 'summary', hash: '#features-hostile-feature-3', visible: true })
  const isOpen = () => page.evaluate('document.activeElement.parentElement.open')
  assert.equal(await isOpen(), true)
  await press('Enter')
  assert.equal(await isOpen(), false)
  await press('Enter')
  assert.equal(await isOpen(), true)
})

test('a run without trouble leads to its scenarios', { timeout }, async () => {
  const results = fold(recorded)
  for (const scenario of results.scenarios) scenario.outcome = 'held'
  await using opened = await open(renderHtml(reportOf(results)))
  await opened.page.keyboard.press('Tab')
  await opened.page.keyboard.press('Enter')
  assert.equal((await whereIs(opened.page)).hash, '#scenarios')
  assert.deepEqual(await axeFaults(opened.page), [])
})

for (const scheme of SCHEMES)
  test(`on paper is every word, folded ones too; the reader's screen is ${scheme}`, { timeout }, async () => {
    await using opened = await open(mixed, { scheme })
    assert.deepEqual(await printFaults(opened.page, join(folder, `${scheme}.pdf`)), [])
    await opened.page.emulateMedia({ media: 'print', colorScheme: scheme })
    assert.equal(await opened.page.evaluate('getComputedStyle(document.body).color'), 'rgb(34, 38, 43)')
  })

test('evidence is a link that holds when the folder is moved', { timeout }, async () => {
  const [made, moved] = [join(folder, 'a run'), join(folder, 'sent on')]
  mkdirSync(join(made, 'evidence/web'), { recursive: true })
  writeFileSync(join(made, 'evidence/web/console.log'), 'the very console')
  writeFileSync(join(made, 'report.html'), mixed)
  renameSync(made, moved)
  await using opened = await OpenedPage.open(pages.browser, join(moved, 'report.html'))
  await opened.page.locator('.message a', { hasText: 'evidence/web/console.log' }).click()
  await opened.page.waitForURL(/console\.log$/)
  assert.equal(
    await opened.page.evaluate('document.body.innerText'),
    readFileSync(join(moved, 'evidence/web/console.log'), 'utf8'),
  )
})

const broken: readonly (readonly [
  string,
  (page: string) => string,
  (page: OpenedPage) => Promise<readonly string[]>,
  RegExp,
])[] = [
  [
    'a pale grey',
    css => css.replace(/--quiet: #\w+/, '--quiet: #9a9a9a'),
    ({ page }) => axeFaults(page),
    /^color-contrast/,
  ],
  ['no headline', page => page.replaceAll('h1', 'p'), ({ page }) => axeFaults(page), /^page-has-heading-one/],
  [
    'a line that does not wrap',
    css => css.replace('white-space: pre-wrap', 'white-space: pre; min-width: 120ch'),
    ({ page }) => widthFaults(page),
    /^the page is \d+ wide/,
  ],
  [
    'folded on paper',
    css => css.replace('details::details-content { content-visibility: visible; height: auto }', ''),
    ({ page }) => printFaults(page, join(folder, 'broken.pdf')),
    /^not on paper: The page is|^not on paper/,
  ],
  [
    'a picture from elsewhere',
    page =>
      page.replace(/<meta http-equiv[^>]*>/, '').replace('<main>', '<main><img alt="" src="http://127.0.0.1:9/x.png">'),
    async ({ faults }) => faults,
    /^request: http/,
  ],
  [
    'a script',
    page => page.replace('<main>', '<main><script>1</script>'),
    async ({ faults }) => faults,
    /^console: .*Content Security Policy/,
  ],
  [
    'a bar of links before all else',
    page => page.replace('<h1', `${'<a href="#x">x</a>'.repeat(9)}<h1`),
    async ({ page }) => [`${await tabsToTrouble(page, 5)}`],
    /^Infinity/,
  ],
]
for (const [what, change, faultsOf, found] of broken)
  test(`a broken page is found: ${what}`, { timeout }, async () => {
    const content = change(mixed)
    assert.notEqual(content, mixed)
    await using opened = await open(content, { width: 390 })
    assert.match((await faultsOf(opened)).join('\n'), found)
  })

const many = renderHtml(reportOf(manyResults(500)))
/** The last of its kind, where 499 others are as they should be. */
const lastOf = (page: string, what: string, instead: string): string => {
  const at = page.lastIndexOf(what)
  assert.ok(at > 0, what)
  return page.slice(0, at) + instead + page.slice(at + what.length)
}

test('the last of 500 scenarios that is too pale is found, and an id that is there twice', { timeout }, async () => {
  const pale = lastOf(many, '<summary>', '<summary style="color: #9a9a9a; background: #fff">')
  await using opened = await open(
    lastOf(pale, '<details class="scenario" id="', '<details class="scenario" id="trouble" data-was="'),
  )
  assert.deepEqual(await thinOut(opened.page), ['there twice: #trouble'])
  assert.match((await axeFaults(opened.page)).join('\n'), /^color-contrast: <summary style/)
})
