/** The step definitions of this repository, loaded once: they register themselves once a process. */
import { join } from 'node:path'
import { loadConfiguration, loadSupport } from '@cucumber/cucumber/api'

/** The parts of cucumber's step definition that are used here; its own type is not exported. */
export interface StepDefinition {
  readonly keyword: string
  readonly pattern: string | RegExp
  readonly uri: string
  readonly line: number
  readonly code: unknown
  readonly expression: { match(text: string): readonly { getValue(world: unknown): unknown }[] | null }
}

const root = join(import.meta.dirname, '../../..')
const { runConfiguration } = await loadConfiguration(
  {
    file: false,
    provided: { import: ['support/world/words/parameter-types.ts', 'steps/**/*.ts'], paths: ['features'] },
  },
  { cwd: root },
)
const support = await loadSupport(runConfiguration, { cwd: root })
export const { stepDefinitions } = support as unknown as { readonly stepDefinitions: readonly StepDefinition[] }

/** The definitions that understand a sentence. */
export const meanings = (sentence: string): StepDefinition[] =>
  stepDefinitions.filter(step => step.expression.match(sentence))
