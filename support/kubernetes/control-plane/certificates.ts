/** The certificates by which the parts of a cluster trust each other, as they lie on a machine. Keys are not read. */
import { X509Certificate } from 'node:crypto'
import { type Command, sh } from '../../core/command.ts'
import { minutes, seconds } from '../../core/time/duration.ts'
import { OWN_KUBECONFIGS } from '../access/find-kubectl.ts'
import { clusterProbe } from '../cluster-probe.ts'
import { inPieces, piecesSaid } from '../pieces-said.ts'

export interface Certificate {
  /** Its file. */
  readonly path: string
  readonly subject: string
  /** Seconds since 1970. */
  readonly from: number
  readonly until: number
}

export interface CertificateFacts {
  readonly certificates: readonly Certificate[]
  /** What may not be read, or is none. */
  readonly unreadable: readonly string[]
  readonly now: number
}

const K3S = '/var/lib/rancher/k3s'
const RKE2 = '/var/lib/rancher/rke2'
/** Where kubeadm, NixOS (services.kubernetes.secretsPath), k3s and rke2 have them. */
const FOLDERS = [
  '/etc/kubernetes/pki',
  '/var/lib/kubernetes/secrets',
  '/var/lib/kubelet/pki',
  `${K3S}/server`,
  `${RKE2}/server`,
]
/** Of those that the kubelet has renewed the old ones stay; a link names the present one. */
const FILES: Command = {
  script: [
    '/etc/kubernetes/pki/*.crt /etc/kubernetes/pki/etcd/*.crt /var/lib/kubernetes/secrets/*.pem',
    '/var/lib/kubelet/pki/*-current.pem /var/lib/kubelet/pki/*.crt',
    ...[K3S, RKE2].map(at => `${at}/server/tls/*.crt ${at}/server/tls/etcd/*.crt ${at}/agent/*.crt`),
  ].join(' '),
}
const KUBECONFIGS: Command = sh`/etc/kubernetes/*.conf /etc/kubernetes/*.kubeconfig ${OWN_KUBECONFIGS}`

const read: Command = inPieces(sh`
for folder in ${FOLDERS}; do
  if [ -d "$folder" ] && ! { [ -r "$folder" ] && [ -x "$folder" ]; }; then piece closed; piece "$folder"; piece ''; fi
done
take() {
  [ -f "$2" ] || return 0
  [ -r "$2" ] || { piece closed; piece "$2"; piece ''; return 0; }
  text=$(sed -n "$3" "$2"); [ -z "$text" ] || { piece "$1"; piece "$2"; piece "$text"; }
}
for file in ${FILES}; do take pem "$file" '/BEGIN CERTIFICATE/,/END CERTIFICATE/p'; done
for file in $(printf '%s\n' ${KUBECONFIGS} "$config" | sort -u); do take kubeconfig "$file" 's/^ *client-certificate-data: *//p;s/^ *certificate-authority-data: *//p'; done`)

export const certificates = clusterProbe<undefined, CertificateFacts>({
  budget: minutes(1),
  attempt: seconds(15),
  describe: () => 'certificates of the cluster',
  paths: () => [],
  others: () => [read],
  parse: ({ others: [said], now }) => ({ ...readAll(piecesSaid(said, 'certificates of the cluster')), now }),
})

const PEM = /-----BEGIN CERTIFICATE-----[^-]{1,20000}-----END CERTIFICATE-----/g

function readAll(said: readonly string[]): Pick<CertificateFacts, 'certificates' | 'unreadable'> {
  const found = Array.from({ length: said.length / 3 }, (_, at) => {
    const [kind = '', path = '', text = ''] = said.slice(3 * at)
    if (kind === 'closed') return `${path} may not be read`
    const all = (kind === 'pem' ? text : fromKubeconfig(text)).match(PEM) ?? []
    // A part of one says nothing of when it ends.
    return all.length > 0 ? all.map(pem => certificate(path, pem)) : `${path} has no certificate that can be read`
  }).flat()
  return {
    certificates: found.filter(each => typeof each !== 'string'),
    unreadable: found.filter(each => typeof each === 'string'),
  }
}

const fromKubeconfig = (text: string): string =>
  text
    .split('\n')
    .map(line => Buffer.from(line.trim(), 'base64').toString('latin1'))
    .join('\n')

function certificate(path: string, pem: string): Certificate | string {
  try {
    const { validFrom, validTo, subject } = new X509Certificate(pem)
    const [from, until] = [validFrom, validTo].map(text => Date.parse(text) / 1000)
    if (from === undefined || until === undefined || Number.isNaN(from + until)) return `${path} names no time`
    return { path, subject: subject?.split('\n').join(', ') ?? '', from, until }
  } catch {
    return `${path} has no certificate that can be read`
  }
}
