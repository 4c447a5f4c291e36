import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const FOLDER = join(import.meta.dirname, '../../../fixtures/golden')

/** With UPDATE_GOLDEN=1 the golden follows; the diff is read in review. How a page looks is no matter of a golden. */
export function golden(name: string, text: string): void {
  const file = join(FOLDER, name)
  const content = text.replace(/(?<=<style>)[\s\S]*?(?=<\/style>)/, '…')
  if (process.env.UPDATE_GOLDEN) writeFileSync(file, content)
  assert.equal(content, readFileSync(file, 'utf8'))
}
