/**
 * Tests whose subject is the text of the code, by what it costs to run them where all mutants stand in it: every text is many times as long, and
 * no mutant that is switched on changes it. Other tests that read the code are quick, and come by no mutant.
 */
export const TEXT_READERS: Readonly<Record<string, string>> = {
  'support/core/linear-patterns.test.ts': 'tries each pattern of the code, and each is there in dozens of ways',
}

/** Without those; told is what was left out, and why. */
export function withoutTextReaders(tests: readonly string[], tell: (text: string) => void): string[] {
  return tests.filter(name => {
    const reason = TEXT_READERS[name]
    if (reason !== undefined) tell(`left out, reads the text of the code: ${name}: ${reason}`)
    return reason === undefined
  })
}
