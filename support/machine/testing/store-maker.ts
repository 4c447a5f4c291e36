/** A folder as wrapper/store-image.nix builds it, for images of so many bytes that say nothing. */
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PlannedStoreImage } from '../store/store-image.ts'

/** @param folder a new one is made in it */
export function storeMaker(folder: string, bytes: number, key = 'k1'): PlannedStoreImage {
  const maker = join(folder, 'maker')
  mkdirSync(maker)
  writeFileSync(join(maker, 'make'), `#!/bin/sh\nexec head -c ${bytes} /dev/urandom >"$1"\n`)
  chmodSync(join(maker, 'make'), 0o755)
  return { maker, key, bytes }
}
