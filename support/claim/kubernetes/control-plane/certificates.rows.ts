import type { ClaimTable, Reply, Row } from '../../rows/row.ts'
import { unknown } from '../../rows/row.ts'
import { apiSaid, apiSections, plain } from '../api.answers.ts'
import { certificatesSaid, EARLY, ENDED, type Found, LONG, SOON } from './certificates.answers.ts'

const VALID = "the cluster's certificates are valid for 30 days"

const CA: Found = ['pem', '/etc/kubernetes/pki/ca.crt', LONG]
const found = (...all: readonly Found[]): Reply => apiSaid(plain(certificatesSaid(...all)))
const kubeconfig = (...pems: readonly string[]): Found => [
  'kubeconfig',
  '/etc/kubernetes/admin.conf',
  pems.map(pem => Buffer.from(pem).toString('base64')).join('\n'),
]
const closed = (path: string): Found => ['closed', path, '']

const UNTOLD: readonly (readonly [Reply, RegExp])[] = [
  [found(), /no certificate of a cluster is found/],
  [found(CA, closed('/etc/kubernetes/pki/apiserver.crt')), /apiserver\.crt may not be read/],
  [
    found(CA, ['pem', '/etc/kubernetes/pki/etcd/server.crt', LONG.slice(0, 200)]),
    /server\.crt has no certificate that can be read/,
  ],
  [
    found(CA, ['pem', '/etc/kubernetes/pki/etcd/server.crt', LONG.replaceAll('M', 'N')]),
    /no certificate that can be read/,
  ],
]

export const certificateRows: ClaimTable = {
  "the cluster's certificates are valid for {duration}{tail}": {
    without: { absent: 'a machine without certificates is one of which nothing can be told' },
    rows: [
      ['so', VALID, found(CA), 'holds'],
      ['so', VALID, found(CA, kubeconfig(LONG, LONG)), 'holds'],
      ['so', "the cluster's certificates are valid for 9 days", found(CA, kubeconfig(SOON)), 'holds'],
      [
        'not so',
        VALID,
        found(CA, kubeconfig(LONG, SOON)),
        'not met',
        /certificates of the cluster on box were not all valid for 30 days[\s\S]*admin\.conf \(CN=admin\) ends on 2026-12-11 12:00, in 10 days/,
      ],
      [
        'not so',
        VALID,
        found(['pem', '/etc/kubernetes/pki/ca.crt', `${LONG}\n${ENDED}`]),
        'not met',
        /ca\.crt \(CN=etcd\) has ended on 2026-11-30/,
      ],
      [
        'not so',
        VALID,
        found(CA, ['pem', '/var/lib/kubelet/pki/kubelet.crt', EARLY]),
        'not met',
        /\(CN=kubelet\) begins on 2026-12-02/,
      ],
      ['not so', "the cluster's certificates are valid for 400 days", found(CA), 'not met', /in 365 days/],
      ['not so', VALID, found(CA, kubeconfig(SOON), closed('/etc/kubernetes/pki/apiserver.crt')), 'not met'],
      ...UNTOLD.map(([each, says]): Row => ['unreadable', VALID, each, 'could not check', says]),
      [
        'hostile',
        VALID,
        found(CA, ['pem', '/etc/kubernetes/pki/a\u001b[2J.crt', ENDED]),
        'not met',
        /a\ufffd\[2J\.crt/,
      ],
      ['cut off', VALID, apiSaid(plain(certificatesSaid(CA).slice(0, -7))), 'could not check', /could not be read/],
      ...unknown(VALID, apiSections(plain(certificatesSaid(CA)))),
    ],
  },
}
