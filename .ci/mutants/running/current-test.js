// Tells the code with mutants in it which test runs: the outermost one, by which it can be run again alone.
import { afterEach, beforeEach } from 'node:test'

globalThis.__stryker__ ??= {}
const stryker = globalThis.__stryker__
stryker.mutantCoverage ??= { static: {}, perTest: {} }
const running = []

beforeEach(({ name }) => {
  running.push(name)
  stryker.currentTestId = running[0]
  stryker.mutantCoverage.perTest[running[0]] ??= {}
})
afterEach(() => {
  running.pop()
  stryker.currentTestId = running[0]
})
