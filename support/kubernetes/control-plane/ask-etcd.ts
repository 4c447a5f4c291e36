/** How etcd is asked: on a machine of the control plane, by the certificates of its API server, over etcd's gateway for HTTP (etcd.io/docs, api_grpc_gateway). */
import { type Command, sh } from '../../core/command.ts'
import { type Duration, milliseconds } from '../../core/time/duration.ts'
import { inSeconds } from '../../probe/patience.ts'
import type { Answer } from '../../probe/sections.ts'
import { inPieces, piecesSaid } from '../pieces-said.ts'

/** What one question got: how curl(1) ended, and what it printed. */
export interface EtcdSaid {
  readonly what: 'members' | 'alarms' | 'status'
  /** The address that was asked. */
  readonly url: string
  readonly code: number
  readonly text: string
}

/** The members of a cluster are few: nine is more than etcd's documentation recommends. */
const MOST_MEMBERS = 9
const USUAL = milliseconds(2000)

/** How long each question may take, so that a cluster of three of which two are silent fits into a look. */
const patience = (look: Duration): number =>
  Math.max(1, Math.min(inSeconds(USUAL), Math.floor(inSeconds(milliseconds(look.ms / 8)))))

/**
 * Nothing where no etcd can be found: the API server runs elsewhere, or keeps its state elsewhere. Its flags tell where etcd is; the one of k3s
 * is a part of k3s, and its etcd in the usual place.
 */
export const askEtcd = (look: Duration = milliseconds(20_000)): Command =>
  inPieces(sh`
servers='' ca='' cert='' key=''
for process in /proc/[0-9]*; do
  name=''; { read -r name <"$process/comm"; } 2>/dev/null
  [ "$name" = kube-apiserver ] || continue
  flags=$(tr '\\000' '\\n' <"$process/cmdline" 2>/dev/null)
  flag() { printf '%s\n' "$flags" | sed -n "s/^--$1=//p;/^--$1\$/{n;p;}" | head -n 1; }
  servers=$(flag etcd-servers) ca=$(flag etcd-cafile) cert=$(flag etcd-certfile) key=$(flag etcd-keyfile)
  break
done
tls=/var/lib/rancher/k3s/server/tls/etcd
if [ -z "$servers" ] && [ -d /var/lib/rancher/k3s/server/db/etcd ]; then
  servers=https://127.0.0.1:2379 ca=$tls/server-ca.crt cert=$tls/client.crt key=$tls/client.key
fi
post() {
  body=$(curl --disable --silent --show-error --noproxy '*' --max-time ${patience(look)} \${ca:+--cacert "$ca"} \${cert:+--cert "$cert"} \${key:+--key "$key"} --data '{}' -- "$2/v3/$3" 2>&1)
  code=$?; piece "$1"; piece "$2"; piece "$code"; piece "$body"
  return $code
}
IFS=', '
clients=''
for url in $servers; do
  if post members "$url" cluster/member/list; then
    clients=$(printf '%s' "$body" | grep -o '"clientURLs": *\\[[^]]*\\]' | grep -o 'https\\{0,1\\}://[^"]*')
    post alarms "$url" maintenance/alarm
    break
  fi
done
IFS='
, '
for url in $(printf '%s\n' $servers $clients | sort -u | head -n ${2 * MOST_MEMBERS}); do post status "$url" maintenance/status; done
unset IFS`)

const WHATS: Readonly<Record<string, EtcdSaid['what']>> = { members: 'members', alarms: 'alarms', status: 'status' }

/** @throws ClusterUnanswered where that is not all there is */
export function etcdSaid(answer: Answer | undefined): EtcdSaid[] {
  const said = piecesSaid(answer, 'etcd')
  return Array.from({ length: said.length / 4 }, (_, at) => {
    const [name = '', url = '', code = '', text = ''] = said.slice(4 * at)
    return { what: WHATS[name] ?? 'status', url, code: Number(code), text }
  })
}
