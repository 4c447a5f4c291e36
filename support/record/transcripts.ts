/** The texts a run has kept as evidence, for reports that show them. */
import { closeSync, existsSync, fstatSync, openSync, readdirSync, readSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'

export interface KeptText {
  /** In the run's folder. */
  readonly path: string
  readonly text: string
  readonly bytes: number
}

const SHOWN_BYTES = 128 * 1024

/** Every file that a run has kept as evidence, by its path in the run's folder, sorted. */
export function evidenceFiles(folder: string): string[] {
  const evidence = join(folder, 'evidence')
  if (!existsSync(evidence)) return []
  return readdirSync(evidence, { recursive: true, encoding: 'utf8' })
    .filter(name => statSync(join(evidence, name), { throwIfNoEntry: false })?.isFile())
    .sort()
    .map(name => `evidence/${name}`)
}

/** The end of each console log among these files. `clean` takes secrets out of what was never a message. */
export const readTranscripts = (
  folder: string,
  files: readonly string[],
  clean: (text: string) => string,
): KeptText[] =>
  files
    .filter(path => path.endsWith('.log') && basename(path).includes('console'))
    .map(path => ({ path, ...end(join(folder, path)) }))
    .map(kept => ({ ...kept, text: clean(kept.text) }))

function end(file: string): { text: string; bytes: number } {
  const handle = openSync(file, 'r')
  try {
    const bytes = fstatSync(handle).size
    const buffer = Buffer.alloc(Math.min(bytes, SHOWN_BYTES))
    readSync(handle, buffer, 0, buffer.length, Math.max(0, bytes - SHOWN_BYTES))
    return { text: buffer.toString('utf8'), bytes }
  } finally {
    closeSync(handle)
  }
}
