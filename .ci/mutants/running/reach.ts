/** What one process of a dry run came by: ids of mutants. */
export interface Reached {
  /** While modules were loaded, or in a process that a test started. */
  readonly outside: readonly string[]
  readonly tests: readonly { readonly name: string; readonly ids: readonly string[] }[]
}

/** A file of tests, and what it comes by. */
export class TestFile {
  readonly name: string
  /** Milliseconds. */
  readonly took: number
  readonly reaches: ReadonlySet<string>
  readonly #outside: ReadonlySet<string>
  readonly #tests: readonly { readonly name: string; readonly ids: ReadonlySet<string> }[]

  constructor(name: string, took: number, reached: readonly Reached[]) {
    this.name = name
    this.took = took
    this.#outside = new Set(reached.flatMap(({ outside }) => outside))
    this.#tests = reached.flatMap(({ tests }) => tests).map(test => ({ name: test.name, ids: new Set(test.ids) }))
    this.reaches = new Set([...this.#outside, ...this.#tests.flatMap(({ ids }) => [...ids])])
  }

  /** Names of the tests that a mutant can change: all, when it is not known which. */
  testsThatReach(id: string): string[] {
    const every = this.#outside.has(id)
    return this.#tests.filter(({ ids }) => every || ids.has(id)).map(({ name }) => name)
  }
}

/** The files that come by a mutant, those first that come by few: they are the nearest ones. */
export const filesThatReach = (id: string, tests: readonly TestFile[]): TestFile[] =>
  tests.filter(({ reaches }) => reaches.has(id)).sort((a, b) => a.reaches.size - b.reaches.size)
