/** A manifest as a sentence gives it: below it, or in a file of the project. */
import { readFile, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { refuse } from '../../core/refusal.ts'
import { formatBytes } from '../../core/text/bytes.ts'
import { type Manifest, readManifest, withoutSecrets } from '../../kubernetes/manifest/manifest.ts'
import type { NixWorld } from '../world.ts'

/** @throws UsageError for what is no manifest, and for secrets */
export const manifestOf = (text: string): Manifest => withoutSecrets(readManifest(text))

/** More than an API server takes of one resource (etcd, `--max-request-bytes`), several times. */
const LARGEST = 8 * 1024 * 1024

/** @throws UsageError for what is no manifest, or no file that can be read */
export async function manifestIn({ context }: NixWorld, file: string): Promise<Manifest> {
  const path = resolve(context.settings.projectDir, file)
  const found = await stat(path).catch(() => undefined)
  if (!found?.isFile()) throw refuse({ what: `There is no file "${file}"`, expected: 'a manifest', got: path })
  if (found.size > LARGEST)
    throw refuse({
      what: `The manifest "${file}" has ${formatBytes(found.size)}`,
      expected: `at most ${formatBytes(LARGEST)}`,
    })
  return readManifest(await readFile(path, 'utf8'))
}
