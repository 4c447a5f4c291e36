import { type Command, type CommandResult, sh } from '../../core/command.ts'
import { type Duration, seconds } from '../../core/time/duration.ts'
import type { Fact } from '../../probe/fact.ts'
import { type Answer, answers, C_LOCALE, inSections, lines } from '../../probe/sections.ts'
import { type Found, foundOf, PLAIN, SHOWN, search } from '../../probe/units/journal-search.ts'
import type { Asked } from '../access/access.ts'
import { ClusterUnanswered, readAnswer } from '../access/api-answer.ts'
import { findKubectl } from '../access/find-kubectl.ts'
import { kubectl, kubeTo } from '../access/kubectl.ts'
import type { ClusterProbe } from '../cluster-probe.ts'
import { namespacePath, thereIs } from '../objects/namespaced.ts'

/** What the containers of a pod, or of all pods with a label, have printed: as far as the kubelet keeps it, of their present and their last run. */
export interface LogQuery {
  readonly of: { readonly name: string } | { readonly label: string }
  readonly namespace: string
  readonly text: string
}

export interface LogFacts extends Found {
  readonly namespace: string
  readonly hasNamespace: Fact<boolean>
  readonly pods: number
  /** Containers of those that have been started. */
  readonly started: number
  /** The newest lines of all. */
  readonly newest: readonly string[]
}

export const logs: ClusterProbe<LogQuery, LogFacts> = {
  budget: seconds(60),
  attempt: seconds(30),
  describe: ({ query: { of, namespace } }) =>
    'name' in of
      ? `the logs of pod ${of.name} in namespace ${namespace}`
      : `the logs of pods with label ${of.label} in namespace ${namespace}`,
  command: ({ query, access }, look) => sh`${{ script: C_LOCALE }}
${findKubectl(access)}
pods=$(${listOf(query, look)}); asked=$?
${READ(query.namespace, look)}
${inSections(
  kubectl(look, 'get', '--raw', namespacePath(query.namespace)),
  sh`printf '%s\n' "$pods"; exit $asked`,
  sh`set -o pipefail; logs | tail -n ${SHOWN} | ${PLAIN}`,
  ...search(sh`logs`, query),
)}`,
  parse,
}

/** Names of pods and containers hold no blank. One line for each container: what it is called, whether it has begun, and how often anew. */
const EACH =
  '{{.name}} {{if .state.running}}begun{{else if .state.terminated}}begun{{else}}waits{{end}} {{.restartCount}}{{"\\n"}}{{end}}'
const OF_POD = `{{$pod := .metadata.name}}{{range .status.initContainerStatuses}}{{$pod}} ${EACH}{{range .status.containerStatuses}}{{$pod}} ${EACH}`
const OF_ALL = `{{range .items}}{{$pod := .metadata.name}}{{$pod}}{{"\\n"}}{{range .status.initContainerStatuses}}{{$pod}} ${EACH}{{range .status.containerStatuses}}{{$pod}} ${EACH}{{end}}`

function listOf({ of, namespace }: LogQuery, look: Duration | undefined): Command {
  const which = 'name' in of ? ['pod', of.name] : ['pods', '--selector', of.label]
  const template = 'name' in of ? `{{.metadata.name}}{{"\\n"}}${OF_POD}` : OF_ALL
  return kubectl(look, 'get', ...which, '--namespace', namespace, '--output', `go-template=${template}`)
}

/**
 * Defines `logs`. A run before the last one is not kept, and the last one not for ever: that it is gone is told in these words (kubelet,
 * "kuberuntime_container.go"), and is no fault.
 */
const READ = (namespace: string, look: Duration | undefined): Command => sh`
log() {
  { why=$(${kubeTo(look, 'get')} --raw "${{ script: namespacePath(namespace) }}/pods/$1/log?container=$2$3" </dev/null 2>&1 >&3 3>&-); code=$?; } 3>&1
  [ $code -ne 0 ] || { echo; return 0; }
  case $3$why in '&previous'*'previous terminated container'*) return 0;; esac
  printf '%s\\n' "$why"
  return 1
}
logs() {
  printf '%s\\n' "$pods" | while read -r pod container state restarts; do
    [ "$state" = begun ] || [ "\${restarts:-0}" -gt 0 ] || continue
    [ "$restarts" -eq 0 ] || log "$pod" "$container" '&previous=true' || exit 1
    log "$pod" "$container" '' || exit 1
  done
}`

function parse(result: CommandResult, { query, access }: Asked<LogQuery>): LogFacts {
  const what = logs.describe({ query, access })
  const [namespace, listed, newest, ...found] = answers(result, what, 3 + search(sh`logs`, query).length)
  const list = readList(listed, what)
  if (newest?.code !== 0) throw unread(newest, what)
  return {
    ...(list.pods === 0 ? { matches: [], isPart: false } : foundOf(found, query, result)),
    ...{ namespace: query.namespace, hasNamespace: thereIs(namespace && readAnswer(namespace, what)) },
    ...list,
    newest: lines(newest.text),
  }
}

/** @throws ClusterUnanswered */
function readList(listed: Answer | undefined, what: string): Pick<LogFacts, 'pods' | 'started'> {
  const answer = listed && listed.code !== 0 ? readAnswer(listed, what) : undefined
  if (answer && 'absent' in answer) return { pods: 0, started: 0 }
  if (listed?.code !== 0) throw unread(listed, what)
  const all = lines(listed.text).map(line => line.split(' '))
  return { pods: all.filter(({ length }) => length === 1).length, started: all.filter(hasBegun).length }
}

const hasBegun = ([, , state, restarts = '0']: readonly string[]): boolean => state === 'begun' || Number(restarts) > 0

function unread(answer: Answer | undefined, what: string): ClusterUnanswered {
  const read = answer && answer.code !== 0 ? readAnswer(answer, what) : undefined
  const why = read && 'unknown' in read ? read.unknown : 'they are not there any more'
  return new ClusterUnanswered(`${what} could not be read: ${why}`)
}
