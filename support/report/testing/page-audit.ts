/** What a reader may expect of a page, each as a list of what is wrong: none is good. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { execa } from 'execa'
import type { Page } from 'playwright'
import { z } from 'zod'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

const findings = z.array(
  z.object({
    id: z.string(),
    help: z.string(),
    nodes: z.array(z.object({ html: z.string(), failureSummary: z.string() })),
  }),
)
const answer = z.object({ violations: findings, incomplete: findings })
const faults = z.array(z.string())

/** Everything that is folded is opened first: nothing else would be looked at. */
export const openAll = (page: Page): Promise<unknown> =>
  page.evaluate('for (const each of document.querySelectorAll("details")) each.open = true')

/**
 * Of children with one parent and one shape (elements, attributes' names, classes, styles, roles) the first two are left: axe-core
 * needs more memory than a computer has for 5,000 scenarios, and finds nothing in the third that it does not find in the second.
 * What concerns all of them is looked at first.
 * @returns ids that are there twice, which axe-core could not find afterwards
 */
export async function thinOut(page: Page): Promise<string[]> {
  return faults.parse(
    await page.evaluate(`(() => {
      const ids = [...document.querySelectorAll('[id]')].map(each => each.id)
      const twice = ids.length === new Set(ids).size ? [] : ids.filter((id, at) => ids.indexOf(id) !== at)
      const names = each => [...each.attributes].map(({ name, value }) => /^(class|style|role|hidden)$/.test(name) ? name + '=' + value : name).sort()
      const shapes = new Map()
      const shape = each => {
        if (!shapes.has(each)) shapes.set(each, each.tagName + '[' + names(each) + ']' + (each.firstElementChild ? '(' + [...new Set([...each.children].map(shape))] + ')' : ''))
        return shapes.get(each)
      }
      const thin = parent => {
        const seen = new Map()
        for (const child of [...parent.children]) {
          const count = (seen.get(shape(child)) ?? 0) + 1
          seen.set(shape(child), count)
          if (count > 2) child.remove()
          else thin(child)
        }
      }
      thin(document.body)
      return twice.map(id => 'there twice: #' + id)
    })()`),
  )
}

/** The options of axe-core's `color-contrast`, but that signs such as ✗ are looked at, too. */
const CONTRAST = {
  ...{ ignoreUnicode: false, ignoreLength: true, ignorePseudo: false },
  ...{ boldValue: 700, boldTextPt: 14, largeTextPt: 18 },
  contrastRatio: { normal: { expected: 4.5 }, large: { expected: 3 } },
  ...{ pseudoSizeThreshold: 0.25, shadowOutlineEmMax: 0.2, textStrokeEmMin: 0.03 },
}

/** axe-core's rules, all of them. A contrast that it cannot tell counts as one that is too small. */
export async function axeFaults(page: Page): Promise<string[]> {
  const options = {
    resultTypes: ['violations', 'incomplete'],
    checks: { 'color-contrast': { options: CONTRAST } },
  }
  await openAll(page)
  await page.evaluate(AXE)
  const said = answer.parse(await page.evaluate(`axe.run(document, ${JSON.stringify(options)})`))
  const unsure = said.incomplete.filter(({ id }) => id === 'color-contrast')
  return [...said.violations, ...unsure].flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)}\n${failureSummary}`),
  )
}

/** What is wider than the window, or than the box that it is cut off by. */
export async function widthFaults(page: Page): Promise<string[]> {
  await openAll(page)
  return faults.parse(
    await page.evaluate(`(() => {
      const root = document.documentElement
      const name = each => each.tagName.toLowerCase() + (each.className ? '.' + each.className : '') + ': ' + each.textContent.slice(0, 60)
      const isWide = root.scrollWidth > root.clientWidth
      const wide = isWide ? [...document.body.querySelectorAll('*')].filter(each => each.getBoundingClientRect().right > root.clientWidth + 1) : []
      const cut = [...document.querySelectorAll('body, body *')].filter(
        each => each.clientWidth > 0 && each.scrollWidth > each.clientWidth + 1 && getComputedStyle(each).overflowX !== 'visible')
      return [
        ...(isWide ? ['the page is ' + root.scrollWidth + ' wide in ' + root.clientWidth] : []),
        ...wide.map(each => 'beyond the edge: ' + name(each)),
        ...cut.map(each => 'cut off: ' + name(each)),
      ]
    })()`),
  )
}

/**
 * What of the page's words, folded ones too, is not on paper.
 * @param file where the PDF is written
 */
export async function printFaults(page: Page, file: string): Promise<string[]> {
  const words = faults.parse(
    await page.evaluate(`[...document.querySelectorAll('h1, h2, h3, p, summary, pre, li, dt, dd, th, td, figcaption, footer')]
      .filter(each => !each.querySelector('h1, h2, h3, p, summary, pre, li, dt, dd, th, td'))
      .flatMap(each => each.textContent.split('\\n'))`),
  )
  await page.pdf({ path: file, format: 'A4', printBackground: false })
  const { stdout } = await execa('pdftotext', ['-raw', file, '-'], { timeout: 60_000 })
  const printed = withoutBlanks(stdout)
  return words.filter(each => !printed.includes(withoutBlanks(each))).map(each => `not on paper: ${each}`)
}

const withoutBlanks = (text: string): string => text.replaceAll(/\s+/g, '')
