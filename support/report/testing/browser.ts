/** Debian's Chromium, for tests that open a page as a reader does. */
import { pathToFileURL } from 'node:url'
import { type Browser, chromium, type Page } from 'playwright'

const CHROMIUM = '/usr/bin/chromium'
const ARGUMENTS = [
  ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
]
/** Milliseconds; many times what is needed on a busy machine. */
const START_MS = 60_000
const ACTION_MS = 60_000

/** Widths in pixels: a telephone, a tablet, a desk. */
export const WIDTHS = [390, 800, 1400] as const
export const SCHEMES = ['light', 'dark'] as const

export interface View {
  readonly width?: number
  readonly scheme?: (typeof SCHEMES)[number]
}

/** With a profile of its own, which goes with it. */
export const openChromium = (): Promise<Browser> =>
  chromium.launch({ executablePath: CHROMIUM, args: ARGUMENTS, timeout: START_MS })

export class OpenedPage implements AsyncDisposable {
  readonly page: Page
  /** What no page of ours may do: errors, dialogs, and requests for anything but itself and the pictures in it. */
  readonly faults: string[] = []
  /** Of the page's own thread until it was loaded: on a busy machine the same as on an idle one. */
  cpuSeconds = Number.NaN

  private constructor(page: Page, url: string) {
    this.page = page
    page.setDefaultTimeout(ACTION_MS)
    page.on('console', said => void this.faults.push(`console: ${said.text()}`))
    page.on('pageerror', error => void this.faults.push(`error: ${error.message}`))
    page.on('dialog', dialog => {
      this.faults.push(`dialog: ${dialog.message()}`)
      void dialog.dismiss()
    })
    page.on('request', request => {
      const asked = request.url()
      if (asked.split('#')[0] !== url && !asked.startsWith('data:image/')) this.faults.push(`request: ${asked}`)
    })
  }

  static async open(browser: Browser, file: string, { width = 1400, scheme = 'light' }: View = {}) {
    const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme: scheme })
    const url = pathToFileURL(file).href
    const opened = new OpenedPage(page, url)
    const devtools = await page.context().newCDPSession(page)
    await devtools.send('Performance.enable', { timeDomain: 'threadTicks' })
    await page.goto(url)
    const { metrics } = await devtools.send('Performance.getMetrics')
    opened.cpuSeconds = metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN
    return opened
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.page.close()
  }
}
