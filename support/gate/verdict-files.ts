/** A verdict on disk: the document, and its signature beside it. */
import { existsSync, readFileSync, rmSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { EnvironmentBroken } from '../core/errors.ts'
import { refuse } from '../core/refusal.ts'
import { unwritable, writeAtomically } from '../record/write-file.ts'
import { malformed } from './canonical.ts'
import { isSignature } from './sign.ts'

const MOST_BYTES = 4_000_000
const MARK = /"format":\s*"nixcumber-verdict@/

export const signatureOf = (file: string): string => `${file}.sig`

/** Before anything is done: what is not ours is not overwritten. @throws UsageError */
export function refuseForeign(file: string): void {
  if (!existsSync(dirname(file)))
    throw refuse({
      what: `There is no folder for the verdict`,
      got: dirname(file),
      next: 'make it, or name another file by --verdict',
    })
  const foreign = [
    [file, (text: string) => MARK.test(text)],
    [signatureOf(file), isSignature],
  ] as const
  for (const [path, isOurs] of foreign)
    if (existsSync(path) && !isOurs(read(path) ?? ''))
      throw refuse({
        what: `${path} is no verdict of nixcumber's, and is not overwritten`,
        next: 'name another file by --verdict',
      })
}

/** Each file whole or not at all; a signature of the former verdict goes first, so that never one stands beside a foreign document. */
export function writeVerdict(file: string, content: string, signature: string | undefined): void {
  try {
    rmSync(signatureOf(file), { force: true })
  } catch (error) {
    throw unwritable(signatureOf(file), error)
  }
  writeAtomically(file, content)
  if (signature !== undefined) writeAtomically(signatureOf(file), signature)
}

/** @throws UsageError when there is no verdict; EnvironmentBroken when it cannot be read */
export function readVerdictFile(file: string): { readonly content: string; readonly signature: string | undefined } {
  const content = read(file)
  if (content === undefined)
    throw refuse({
      what: `There is no verdict "${file}"`,
      expected: 'a file that `nixcumber gate` has written',
      got: file,
    })
  return { content, signature: read(signatureOf(file)) }
}

/** Undefined where there is nothing. */
function read(file: string): string | undefined {
  const found = statSync(file, { throwIfNoEntry: false })
  if (!found) return undefined
  if (!found.isFile()) throw malformed(file, 'no file')
  if (found.size > MOST_BYTES) throw malformed(file, `${found.size} bytes`)
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new EnvironmentBroken(`${file} cannot be read: ${(error as Error).message}`, { cause: error })
  }
}
