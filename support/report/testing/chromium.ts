/** One Chromium and one folder for all tests of the file that calls it. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before } from 'node:test'
import type { Browser } from 'playwright'
import { openChromium } from './browser.ts'

/** Milliseconds, for a test with pages; many times what is needed on a busy machine. */
export const timeout = 180_000

export interface Pages {
  /** Gone when the tests are over. */
  readonly folder: string
  /** There when the first test begins. */
  readonly browser: Browser
}

export function pagesInChromium(): Pages {
  const folder = mkdtempSync(join(tmpdir(), 'nixcumber-page-'))
  const opening: { browser?: Browser } = {}
  before(
    async () => {
      opening.browser = await openChromium()
    },
    { timeout },
  )
  after(
    async () => {
      await opening.browser?.close()
      rmSync(folder, { recursive: true })
    },
    { timeout },
  )
  return {
    folder,
    get browser() {
      if (!opening.browser) throw new Error('The browser is opened before the first test')
      return opening.browser
    },
  }
}
