/** What helps to understand why pods are not as they should be: what the cluster says has happened, and what they have printed last. */
import { type Command, sh } from '../../core/command.ts'
import { seconds } from '../../core/time/duration.ts'
import type { EvidenceOf } from '../../probe/probe.ts'
import { C_LOCALE } from '../../probe/sections.ts'
import type { ClusterAccess } from '../access/access.ts'
import { findKubectl } from '../access/find-kubectl.ts'
import { kubeTo } from '../access/kubectl.ts'

/** A server that answers does so sooner. */
const REQUEST = seconds(5)
/** Lines of each part. */
const SHOWN = 5
const WIDTH = 400

/** Stands before the name of the node on which the pod is; its kubelet may tell more. */
export const NODE_LINE = 'it is on node '

const PLURALS = {
  deployment: 'deployment',
  'daemon set': 'daemonset',
  'stateful set': 'statefulset',
  job: 'job',
} as const

/** Whose pods. */
export type PodsOf =
  | { readonly name: string }
  | { readonly label: string }
  | { readonly kind: keyof typeof PLURALS; readonly name: string }

/** Each container of each pod: the pod, its node, the container, whether it is ready, how often it was started again. */
const EACH =
  '{{range .items}}{{$pod := .metadata.name}}{{$node := or .spec.nodeName "-"}}{{if .status.containerStatuses}}{{range .status.containerStatuses}}{{$pod}} {{$node}} {{.name}} {{.ready}} {{.restartCount}}{{"\\n"}}{{end}}{{else}}{{$pod}} {{$node}} - false 0{{"\\n"}}{{end}}{{end}}'
const SELECTOR = '{{range $key, $value := .spec.selector.matchLabels}}{{$key}}={{$value}},{{end}}'
const EVENT = '{{range .items}}{{or .lastTimestamp .eventTime "-"}} {{.reason}}: {{.message}}{{"\\n"}}{{end}}'

/** Of the first pod that is not ready, or the first of all. A template shows no variables of its environment, as `kubectl describe` does. */
const podEvidence = (of: PodsOf, namespace: string, access: ClusterAccess): Command => sh`${{ script: C_LOCALE }}
${findKubectl(access)}
part() { [ -z "$2" ] || printf '%s\\n%s\\n' "$1" "$2"; }
lines() { tail -n ${SHOWN} | tr '\\000' '?' | cut -b 1-${WIDTH}; }
events() { ${ask('get', 'events', '--namespace', namespace, '--sort-by=.lastTimestamp', `--output=go-template=${EVENT}`)} --field-selector "involvedObject.name=$1" | lines; }
log() { ${ask('logs', '--namespace', namespace, `--tail=${SHOWN}`)} "$@" | lines; }
${selection(of, namespace)}
all=$(${ask('get', 'pods', '--namespace', namespace, `--output=go-template=${EACH}`)} "$@")
one=$(printf '%s\\n' "$all" | grep ' false ' || printf '%s\\n' "$all")
read -r pod node container ready restarts <<< "$one"
[ -n "$pod" ] || exit 0
cat <(part "events of pod $pod:" "$(events "$pod")") \\
  <([ "$container" = - ] || part "the log of container $container:" "$(log "$pod" --container "$container")") \\
  <([ "$restarts" = 0 ] || part "the log of its last run:" "$(log "$pod" --container "$container" --previous)")
[ "$node" = - ] || printf '%s%s\\n' ${NODE_LINE} "$node"`

/** The same for a probe. */
export const evidenceOf = (of: PodsOf, namespace: string, access: ClusterAccess): EvidenceOf => ({
  ...{ name: 'events and logs', attempt: ATTEMPT },
  command: podEvidence(of, namespace, access),
})

/** It is several calls of kubectl, which takes a second or two to start on an emulated machine. */
const ATTEMPT = seconds(12)

/** What it has to tell comes alone on its output. */
const ask = (...words: readonly string[]): Command => sh`${kubeTo(REQUEST, ...words)} 2>/dev/null </dev/null`

/** Sets the arguments by which the pods are chosen; without any there are none. */
function selection(of: PodsOf, namespace: string): Command {
  if ('label' in of) return sh`set -- --selector ${of.label}`
  if (!('kind' in of)) return sh`set -- --field-selector ${`metadata.name=${of.name}`}`
  const selector = ask('get', PLURALS[of.kind], of.name, '--namespace', namespace, `--output=go-template=${SELECTOR}`)
  return sh`selector=$(${selector}); [ -n "$selector" ] || exit 0; set -- --selector "\${selector%,}"`
}

/** The newest lines of what runs pods on a machine, whichever it is called there. */
export const kubeletJournal: Command = sh`journalctl --boot --quiet --no-pager --output short-monotonic --lines ${SHOWN} --unit kubelet.service --unit k3s.service --unit rke2-server.service --unit rke2-agent.service --unit containerd.service --unit crio.service | cut -b 1-${WIDTH}`
