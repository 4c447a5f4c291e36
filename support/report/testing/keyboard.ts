import type { Page } from 'playwright'
import { z } from 'zod'

const place = z.object({ focused: z.string(), hash: z.string(), visible: z.boolean() })

/** Where a reader with a keyboard is: the element that has the focus, the address, and whether that element can be seen. */
export async function whereIs(page: Page): Promise<z.infer<typeof place>> {
  return place.parse(
    await page.evaluate(`(() => {
      const focused = document.activeElement
      const { top, bottom } = focused.getBoundingClientRect()
      return {
        focused: focused.matches('.skip') ? 'skip link' : focused.matches('nav a') ? 'trouble' : focused.tagName.toLowerCase(),
        hash: decodeURIComponent(location.hash),
        visible: top >= 0 && bottom <= innerHeight,
      }
    })()`),
  )
}

/** How often Tab is pressed from the top of the page until the first of what needs a look has the focus; at most `most` times. */
export async function tabsToTrouble(page: Page, most: number): Promise<number> {
  for (let pressed = 1; pressed <= most; pressed++) {
    await page.keyboard.press('Tab')
    if ((await whereIs(page)).focused === 'trouble') return pressed
  }
  return Number.POSITIVE_INFINITY
}
