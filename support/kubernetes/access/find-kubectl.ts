import { type Command, sh } from '../../core/command.ts'
import type { ClusterAccess } from './access.ts'

/**
 * Where distributions leave the administrator's kubeconfig: k3s and rke2 (docs.k3s.io/cluster-access, docs.rke2.io/cluster_access), NixOS
 * (`services.kubernetes.pki.etcClusterAdminKubeconfig`), kubeadm (kubeadm-init(1)).
 */
export const OWN_KUBECONFIGS = [
  '/etc/rancher/k3s/k3s.yaml',
  '/etc/rancher/rke2/rke2.yaml',
  '/etc/kubernetes/cluster-admin.kubeconfig',
  '/etc/kubernetes/admin.conf',
] as const

/** Not all shells have it in their path; the second is where rke2 leaves kubectl (docs.rke2.io/cluster_access). */
const PATHS = 'export PATH="$PATH:/run/current-system/sw/bin:/var/lib/rancher/rke2/bin"'

/** Ends what asks, with words on its output: there is no way to a cluster here. */
export const NO_WAY = 77

/**
 * Defines `kube`, which is kubectl and told where its server is, and says `NO_WAY` where none is known; and `told`, which is the same and says
 * on standard output, too, why it failed. The machine's own kubeconfig goes before
 * that of its user: the machine is judged. Two of its own could be two clusters: then one must be named.
 */
export const findKubectl = ({ kubeconfig = '', context = '' }: ClusterAccess): Command => sh`${{ script: PATHS }}
config=${kubeconfig} context=${context} closed='' second='' way=''
if [ -z "$config" ]; then
  for file in ${OWN_KUBECONFIGS}; do
    if [ -r "$file" ]; then config="\${config:-$file}" second="$file"
    elif [ -e "$file" ]; then closed="$file"; fi
  done
  [ "$config" = "$second" ] || way="there are two kubeconfigs, $config and $second: name one in the configuration"
  if [ -z "$config" ]; then
    if [ -n "\${KUBECONFIG:-}" ] || [ -r "\${HOME:-/root}/.kube/config" ]; then export HOME="\${HOME:-/root}"
    elif [ -n "$closed" ]; then way="$closed may not be read by this user"
    else way='there is no kubeconfig here'; fi
  fi
fi
if command -v kubectl >/dev/null 2>&1; then k() { kubectl "$@"; }
elif command -v k3s >/dev/null 2>&1; then k() { k3s kubectl "$@"; }
else k() { echo 'kubectl, k3s: not found' >&2; return 127; }; fi
kube() {
  [ -z "$way" ] || { printf '%s\n' "$way" >&2; return ${NO_WAY}; }
  [ -z "$context" ] || set -- "--context=$context" "$@"
  [ -z "$config" ] || set -- "--kubeconfig=$config" "$@"
  k "$@"
}
told() {
  { why=$(kube "$@" 2>&1 >&3 3>&-); code=$?; } 3>&1
  [ $code -eq 0 ] || printf '%s\n' "$why"
  return $code
}`
