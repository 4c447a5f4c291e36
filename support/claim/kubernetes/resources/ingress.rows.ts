import type { CommandResult } from '../../../core/command.ts'
import { answered } from '../../../probe/testing/answered.ts'
import type { ClaimTable, Guest, Reply, Row } from '../../rows/row.ts'
import { type ApiSaid, apiSaid, forbidden, NAMESPACE, noNamespace, notFound, UNANSWERED } from '../api.answers.ts'

interface Answer {
  readonly rules?: readonly object[]
  readonly tls?: readonly object[]
  readonly served?: readonly object[]
}

const RULE = { host: 'web.lan', http: { paths: [{ path: '/shop', pathType: 'Prefix' }] } }

const toIngress = ({ rules = [RULE], tls, served = [{ ip: '10.0.0.9' }] }: Answer = {}): ApiSaid => ({
  ...{ kind: 'Ingress', metadata: { name: 'web' }, spec: { rules, tls } },
  status: { loadBalancer: served.length > 0 ? { ingress: served } : {} },
})

const page = (status: string): string => Buffer.from(`HTTP/1.1 ${status}\r\n\r\nWelcome`).toString('base64')
const curl = (out: string, code = 0, stderr = ''): CommandResult => answered(['/usr/bin/curl', { code, out }], stderr)
const OK = curl(page('200 OK'))
const refused = curl('', 7, 'curl: (7) Connection refused\nconnected 0.000000\n')
const untrusted = curl('', 60, 'curl: (60) self-signed certificate\nconnected 0.1\n')
const unresolved = curl('', 6, 'curl: (6) Could not resolve host\nconnected 0.000000\n')
const noCurl = answered([{ code: 1 }, { code: 127 }], 'bash: line 1: curl: command not found\n')

/** The cluster's answer, and what the ingress answers to exactly that question. */
const asked = (one: ApiSaid, reply: Reply = OK, question = / ::10\.0\.0\.9: .* http:\/\/web\.lan\/shop /s): Guest => ({
  replies: script => {
    if (!script.includes('--connect-to')) return apiSaid(one, NAMESPACE)
    return question.test(script) ? reply : curl('', 7, `asked otherwise: ${script}`)
  },
})

const ANSWERS = 'ingress "web" in namespace "shop" answers 200'
const ANSWERS_NOT = 'ingress "web" in namespace "shop" does not answer 200'
const none = notFound('ingresses.networking.k8s.io', 'web')
const v6 = { served: [{ ip: 'fd00::9' }], rules: [{ http: { paths: [{ path: '/(.*)' }] } }] }
const named = { served: [{ hostname: 'lb.lan' }], rules: [{ ...RULE, host: '*.lan' }], tls: [{ hosts: ['*.lan'] }] }
const soon: Guest = {
  replies: (script, at) =>
    script.includes('--connect-to') ? OK : apiSaid(toIngress(at < 9000 ? { served: [] } : {}), NAMESPACE),
}

const both = (sentence: string): Row[] => [
  [
    'not so',
    sentence,
    asked(toIngress({ served: [] })),
    'not met',
    /had no address.*its controller has given it no address/s,
  ],
  ['absent', sentence, apiSaid(none, NAMESPACE), 'not met', /was not there.*none of that name/s],
  ['absent', sentence, apiSaid(none, noNamespace), 'not met', /there is no namespace shop/],
  ['unreadable', sentence, asked(forbidden('ingresses')), 'could not check', /ingresses is forbidden/],
  ['unreadable', sentence, asked(UNANSWERED.unavailable), 'could not check', /503/],
  ['unreadable', sentence, asked({ ...toIngress(), kind: 'Service' }), 'could not check', /has not its form/],
  ['unreadable', sentence, asked(toIngress(), unresolved), 'could not check', /Could not resolve/],
  ['tool missing', sentence, asked({ code: 127, out: '' }), 'could not check', /neither kubectl nor k3s/],
  ['tool missing', sentence, asked(toIngress(), noCurl), 'could not check', /curl: command not found/],
  ['cut off', sentence, answered(['1']), 'could not check'],
  ['cut off', sentence, asked(toIngress(), answered([])), 'could not check'],
  ['hostile', sentence.replace('web', '../web'), asked(toIngress()), 'refused', /cannot be the name/],
  ['hostile', sentence.replace('200', '42'), asked(toIngress()), 'refused', /is no status/],
]

export const ingressRows: ClaimTable = {
  'ingress {object}{namespace} answers {int}{tail}': {
    rows: [
      ['so', ANSWERS, asked(toIngress()), 'holds'],
      ['so', ANSWERS, asked(toIngress(v6), OK, / '::\[fd00::9\]:' .* 'http:\/\/\[fd00::9\]\/' /s), 'holds'],
      ['so', ANSWERS, asked(toIngress(named), OK, / ::lb\.lan: .* https:\/\/www\.lan\/shop /s), 'holds'],
      ['so', ANSWERS, soon, 'holds'],
      [
        'not so',
        ANSWERS,
        asked(toIngress(), curl(page('503 Busy'))),
        'not met',
        /did not answer 200 within 2 min.*http:\/\/web\.lan\/shop at 10\.0\.0\.9: 503/s,
      ],
      ['not so', ANSWERS, asked(toIngress(), refused), 'not met', /Connection refused/],
      ['not so', ANSWERS, asked(toIngress(), untrusted), 'not met', /self-signed certificate/],
      ['hostile', ANSWERS, asked(toIngress({ served: [{ hostname: '-x; reboot' }] })), 'not met', /had no address/],
      ...both(ANSWERS),
    ],
  },
  'ingress {object}{namespace} does not answer {int}{tail}': {
    rows: [
      ['so', ANSWERS_NOT, asked(toIngress(), curl(page('404 Not Found'))), 'holds'],
      ['so', ANSWERS_NOT, asked(toIngress(), refused), 'holds'],
      ['not so', ANSWERS_NOT, asked(toIngress()), 'not met', /still answered 200/],
      ['unreadable', ANSWERS_NOT, asked(toIngress(), untrusted), 'could not check', /self-signed certificate/],
      ...both(ANSWERS_NOT),
    ],
  },
}
