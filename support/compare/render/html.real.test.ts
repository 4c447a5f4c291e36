import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { OpenedPage, SCHEMES, WIDTHS } from '../../report/testing/browser.ts'
import { pagesInChromium, timeout } from '../../report/testing/chromium.ts'
import { whereIs } from '../../report/testing/keyboard.ts'
import { axeFaults, printFaults, thinOut, widthFaults } from '../../report/testing/page-audit.ts'
import { compare } from '../compare.ts'
import { everything } from '../testing/everything.ts'
import { failing, material, scenario, side } from '../testing/sides.ts'
import { renderComparison } from './html.ts'

const pages = pagesInChromium()
const { folder } = pages

function written(content: string): string {
  const file = join(folder, 'new.html')
  writeFileSync(file, content)
  return file
}

/** Each newly failing, each for a reason of its own. */
function many(count: number): string {
  const names = Array.from({ length: count }, (_, at) => `page ${at}`)
  const base = side(names.map(name => scenario(name, { seen: 'active' })))
  const current = side(names.map(name => failing(name, `${name} was not served`, { seen: 'failed' })))
  return renderComparison(compare(material(base, current)))
}

const mixed = renderComparison(everything())

for (const scheme of SCHEMES)
  test(`something in each list, ${scheme}: no barrier, nothing cut off, nothing fetched`, { timeout }, async () => {
    await using opened = await OpenedPage.open(pages.browser, written(mixed), { scheme })
    for (const width of WIDTHS) {
      await opened.page.setViewportSize({ width, height: 900 })
      assert.deepEqual(await widthFaults(opened.page), [])
      assert.deepEqual(await axeFaults(opened.page), [])
    }
    assert.deepEqual(opened.faults, [])
  })

for (const count of [1, 500, 5000])
  test(`${count} new failures: bounded in size and time, readable in every width, no barrier`, {
    timeout,
  }, async () => {
    const content = many(count)
    assert.ok(content.length < 20_000 + count * 1000, `${content.length} characters`)
    await using opened = await OpenedPage.open(pages.browser, written(content))
    assert.ok(opened.cpuSeconds < 5, `${opened.cpuSeconds} s to load`)
    for (const width of WIDTHS) {
      await opened.page.setViewportSize({ width, height: 900 })
      assert.deepEqual(await widthFaults(opened.page), [])
    }
    assert.deepEqual(await thinOut(opened.page), [])
    assert.deepEqual(await axeFaults(opened.page), [])
    assert.deepEqual(opened.faults, [])
  })

test('the last of 500 new failures that is too pale is found, and an id that is there twice', { timeout }, async () => {
  const page = many(500)
  const at = page.lastIndexOf('<h3>')
  const broken = `${page.slice(0, at)}<h3 id="news" style="color: #9a9a9a; background: #fff">${page.slice(at + 4)}`
  await using opened = await OpenedPage.open(pages.browser, written(broken))
  assert.deepEqual(await thinOut(opened.page), ['there twice: #news'])
  assert.match((await axeFaults(opened.page)).join('\n'), /^color-contrast: <h3 id="news"/)
})

test('by keyboard: past the head to what is new, and a folded list opened', { timeout }, async () => {
  await using opened = await OpenedPage.open(pages.browser, written(mixed))
  const { page } = opened
  await page.keyboard.press('Tab')
  assert.deepEqual(await whereIs(page), { focused: 'skip link', hash: '', visible: true })
  await page.keyboard.press('Enter')
  assert.equal((await whereIs(page)).hash, '#news')
  await page.keyboard.press('Tab')
  assert.deepEqual(await whereIs(page), { focused: 'summary', hash: '#news', visible: true })
  await page.keyboard.press('Enter')
  assert.equal(await page.evaluate('document.activeElement.parentElement.open'), true)
})

test('on paper is every word, folded ones too', { timeout }, async () => {
  await using opened = await OpenedPage.open(pages.browser, written(mixed), { scheme: 'dark' })
  assert.deepEqual(await printFaults(opened.page, join(folder, 'new.pdf')), [])
})

test('a broken page is found', { timeout }, async () => {
  const broken = mixed.replaceAll(/--quiet: #\w+/g, '--quiet: #808080').replace('</main>', '<img src="x.png"></main>')
  await using opened = await OpenedPage.open(pages.browser, written(broken))
  assert.match(
    (await axeFaults(opened.page)).join('\n'),
    /color-contrast[\s\S]*image-alt|image-alt[\s\S]*color-contrast/,
  )
  assert.match(opened.faults.join('\n'), /x\.png|Content Security Policy/)
})
