import { readdirSync } from 'node:fs'
import { join } from 'node:path'

/** What decides over GO and NO-GO. */
const FOLDERS = ['claim', 'probe', 'expect', 'report', 'compare', 'record', 'effect'].map(each => `support/${each}`)
const isForTests = (file: string): boolean => /\.(?:test|rows|answers)\.ts$|\/testing\/|\/rows\//.test(file)

/** @param only a file or folder, or how its path begins @throws Error when that is none of them */
export function sourcesIn(root: string, only: string): string[] {
  const all = FOLDERS.flatMap(folder =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map(file => `${folder}/${file}`),
  ).filter(file => file.endsWith('.ts') && !isForTests(file))
  const sources = all.filter(file => file.startsWith(only)).sort()
  if (sources.length > 0) return sources
  throw new Error(`--only takes a file or a folder of ${FOLDERS.join(', ')}, not "${only}"`)
}
