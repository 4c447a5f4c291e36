import { readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { execaSync } from 'execa'

const ROOT = join(import.meta.dirname, '../../..')
const FOLDER = join(ROOT, 'fixtures/golden')

interface Terms {
  readonly folder?: string
  /** Whether what differs becomes the golden. */
  readonly accepts?: boolean
}

/**
 * The text must be that of the golden file. With UPDATE_GOLDEN=1 the golden follows; the diff is read in review.
 * How a page looks is no matter of a golden: style sheets are left out.
 * @throws Error with the diff, and how to accept it
 */
export function golden(
  name: string,
  text: string,
  { folder = FOLDER, accepts = (process.env.UPDATE_GOLDEN ?? '') !== '' }: Terms = {},
): void {
  const file = join(folder, name)
  const content = text.replace(/(?<=<style>)[\s\S]*?(?=<\/style>)/, '…')
  const former = read(file)
  if (content === former) return
  if (accepts) writeFileSync(file, content)
  else throw new Error(difference(file, former, content))
}

function difference(file: string, former: string | undefined, content: string): string {
  const what = relative(ROOT, file)
  const head = former === undefined ? `There is no golden ${what}` : `${what} differs`
  const accept =
    'When every change is meant, accept it by UPDATE_GOLDEN=1 npm run check, and commit what git diff shows.'
  return [head, diff(former === undefined ? '/dev/null' : file, content), accept].join('\n\n')
}

/** As `diff -u` has it: `-` is the golden, `+` what came. */
function diff(file: string, content: string): string {
  const args = ['diff', '--no-index', '--no-ext-diff', '--no-color', '--unified=2', '--', file, '-']
  const { stdout, failed, exitCode, shortMessage } = execaSync('git', args, { input: content, reject: false })
  if (failed && exitCode !== 1) return `(no diff: ${shortMessage})\n\n${content}`
  return stdout.slice(stdout.indexOf('@@'))
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
