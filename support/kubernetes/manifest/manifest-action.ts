import { type Command, type CommandResult, sh } from '../../core/command.ts'
import { visible } from '../../core/text/visible.ts'
import { type Duration, minutes, seconds } from '../../core/time/duration.ts'
import { answers, C_LOCALE, inSections } from '../../probe/sections.ts'
import type { ClusterAccess } from '../access/access.ts'
import { ClusterUnanswered, readAnswer } from '../access/api-answer.ts'
import { findKubectl } from '../access/find-kubectl.ts'
import { kubeTo } from '../access/kubectl.ts'
import type { Manifest } from './manifest.ts'

export type ManifestVerb = 'applied' | 'deleted'

/** What became of it, in kubectl's words, without the values of secrets. */
export interface ManifestAction {
  readonly isDone: boolean
  readonly said: string
}

/** A deleted pod may take half a minute to end (terminationGracePeriodSeconds), and is waited for. */
export const MANIFEST_BUDGET: Duration = minutes(2)
/** Of one try, for the server to answer each of its requests. */
const REQUEST = seconds(30)

const WORDS: Readonly<Record<ManifestVerb, readonly string[]>> = {
  applied: ['apply', '--filename', '-'],
  deleted: ['delete', '--wait=true', '--filename', '-'],
}

/** The manifest is its standard input: an audit tells of commands, and not of that. */
export const manifestAction = (
  verb: ManifestVerb,
  namespace: string,
  access: ClusterAccess,
): Command => sh`${{ script: C_LOCALE }}
${findKubectl(access)}
${inSections(sh`${kubeTo(REQUEST, ...WORDS[verb], '--namespace', namespace)} 2>&1`)}`

/** @throws ClusterUnanswered while the server starts or is out of reach: to apply once more does no harm */
export function readAction(result: CommandResult, verb: ManifestVerb, { of, secrets }: Manifest): ManifestAction {
  const what = `the manifest (${of})`
  const [said] = answers(result, what, 1)
  if (!said) throw new ClusterUnanswered(`${what} was not ${verb}`)
  const clean = withoutValues(said.text, secrets)
  if (said.code === 0) return { isDone: true, said: clean }
  const read = readAnswer({ ...said, text: clean, bytes: Buffer.from(clean) }, what)
  if ('unknown' in read && read.passing) throw new ClusterUnanswered(`${what} was not ${verb}: ${read.unknown}`)
  return { isDone: false, said: clean }
}

/** A server that cannot decode a value quotes what stands around it (json-iterator, "iter.go"): nothing of that is kept where there are secrets. */
function withoutValues(text: string, secrets: readonly string[]): string {
  const shown = visible(text, '\n')
  if (secrets.length === 0) return shown
  const longest = [...new Set(secrets)].sort((a, b) => b.length - a.length)
  return longest.reduce((left, value) => left.replaceAll(value, '•••'), shown.replaceAll(/\.\.\.\|[^\n]*/g, '•••'))
}
