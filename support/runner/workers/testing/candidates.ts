/** Features as cucumber reads them, for tests of what is chosen and who runs it. */
import { createRequire } from 'node:module'
import { type GherkinDocument, IdGenerator, type Pickle } from '@cucumber/messages'
import type { Candidate, WorkUnit } from '../../../cucumber/selection/work-unit.ts'

interface Gherkin {
  AstBuilder: new (newId: () => string) => object
  GherkinClassicTokenMatcher: new () => object
  Parser: new (builder: object, matcher: object) => { parse(text: string): GherkinDocument }
  compile(document: GherkinDocument, uri: string, newId: () => string): Pickle[]
}

// The one that cucumber itself uses.
const require = createRequire(createRequire(import.meta.url).resolve('@cucumber/cucumber/package.json'))
const { AstBuilder, GherkinClassicTokenMatcher, Parser, compile } = require('@cucumber/gherkin') as Gherkin

export function candidates(features: Readonly<Record<string, string>>): Candidate[] {
  const newId = IdGenerator.uuid()
  return Object.entries(features).flatMap(([uri, text]) => {
    const parsed = new Parser(new AstBuilder(newId), new GherkinClassicTokenMatcher()).parse(text)
    const gherkinDocument = { ...parsed, uri }
    return compile(gherkinDocument, uri, newId).map(pickle => ({ gherkinDocument, pickle }))
  })
}

export const named = (units: readonly WorkUnit[]): string[][] =>
  units.map(({ scenarios }) => scenarios.map(({ pickle }) => pickle.name))
