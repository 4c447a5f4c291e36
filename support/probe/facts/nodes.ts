import { sh } from '../../core/command.ts'
import { type Section, sorted } from './section.ts'

const CONFIG = '/etc/kubernetes/cluster-admin.kubeconfig'

/** Nodes of Kubernetes. Asked for raw: a plain `kubectl get` writes a cache of what the server can do into the home folder. */
export const nodesSection: Section = {
  name: 'nodes',
  tool: 'kubectl',
  command: sh`
if command -v k3s >/dev/null; then set -- k3s kubectl
elif command -v kubectl >/dev/null && [ -r ${CONFIG} ]; then set -- kubectl --kubeconfig ${CONFIG}
elif command -v kubectl >/dev/null && [ -r "\${KUBECONFIG:-$HOME/.kube/config}" ]; then set -- kubectl
elif command -v kubectl >/dev/null; then echo 'kubectl is not told where the server of Kubernetes is'; exit 77
else echo 'there is no Kubernetes here'; exit 77; fi
"$@" get --raw /api/v1/nodes --request-timeout=5s || { echo 'the server of Kubernetes gave no answer'; exit 77; }`,
  parse: text =>
    sorted((JSON.parse(text) as { items: readonly Node[] }).items.map(node => [node.metadata.name, describe(node)])),
}

interface Node {
  readonly metadata: { readonly name: string; readonly labels?: Readonly<Record<string, string>> }
  readonly spec?: { readonly unschedulable?: boolean }
  readonly status: {
    readonly conditions?: readonly { readonly type: string; readonly status: string }[]
    readonly nodeInfo?: { readonly kubeletVersion?: string }
  }
}

const ROLE = 'node-role.kubernetes.io/'

function describe({ metadata: { labels = {} }, spec, status }: Node): string {
  const isReady = status.conditions?.some(each => each.type === 'Ready' && each.status === 'True')
  const roles = Object.keys(labels)
    .filter(label => label.startsWith(ROLE))
    .map(label => label.slice(ROLE.length))
    .sort()
  return [isReady ? 'Ready' : 'not Ready', spec?.unschedulable && 'cordoned', status.nodeInfo?.kubeletVersion, ...roles]
    .filter(Boolean)
    .join(', ')
}
