import { readdirSync } from 'node:fs'

/** Every `*.test.ts` beside the source; Node 20's test runner takes no globs. */
export const unitTests = (): string[] =>
  ['support', 'steps', 'fixtures/inputs/tests'].flatMap(folder =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter(file => file.endsWith('.test.ts'))
      .map(file => `${folder}/${file}`),
  )
