import type { ClaimTable, Row } from '../../rows/row.ts'
import { type ApiSaid, apiSaid, forbidden, NAMESPACE, noNamespace, notFound, unanswered } from '../api.answers.ts'

/** As the template says it that kubectl is given: names of keys alone. */
const secret: ApiSaid = { kind: 'Secret', metadata: { name: 'web' }, keys: ['password', ''] }
const none = notFound('secrets', 'web')
const EXISTS = 'secret "web" in namespace "shop" exists'
const EXISTS_NOT = 'secret "web" in namespace "shop" does not exist'

const hostile = (sentence: string): Row[] =>
  ['../web', '-o=yaml', '', 'web --output=yaml'].map(
    (name): Row => [
      'hostile',
      sentence.replace('web', name),
      apiSaid(NAMESPACE, secret),
      'refused',
      /cannot be the name/,
    ],
  )

export const secretRows: ClaimTable = {
  'secret {object}{namespace} exists{tail}': {
    without: { absent: 'it is about existence itself' },
    rows: [
      ['so', EXISTS, apiSaid(NAMESPACE, secret), 'holds'],
      ['so', 'secret "web" exists', apiSaid(forbidden('namespaces'), secret), 'holds'],
      ['not so', EXISTS, apiSaid(NAMESPACE, none), 'not met', /did not exist within.*none of that name/s],
      ['not so', EXISTS, apiSaid(noNamespace, none), 'not met', /there is no namespace shop/],
      [
        'unreadable',
        EXISTS,
        apiSaid(NAMESPACE, { ...secret, kind: 'ConfigMap' }),
        'could not check',
        /has not its form/,
      ],
      ['unreadable', EXISTS, apiSaid(NAMESPACE, forbidden('secrets')), 'could not check', /secrets is forbidden/],
      ...hostile(EXISTS),
      ...unanswered(EXISTS, [NAMESPACE, secret], 'holds', {}, 1),
    ],
  },
  'secret {object}{namespace} does not exist{tail}': {
    rows: [
      ['so', EXISTS_NOT, apiSaid(NAMESPACE, none), 'holds'],
      ['so', EXISTS_NOT, apiSaid(forbidden('namespaces'), none), 'holds'],
      ['not so', EXISTS_NOT, apiSaid(NAMESPACE, secret), 'not met', /still existed/],
      ['absent', EXISTS_NOT, apiSaid(noNamespace, none), 'not met', /was not there.*no namespace shop/s],
      ['unreadable', EXISTS_NOT, apiSaid(NAMESPACE, forbidden('secrets')), 'could not check', /secrets is forbidden/],
      ...hostile(EXISTS_NOT),
      ...unanswered(EXISTS_NOT, [NAMESPACE, none], 'holds', {}, 1),
    ],
  },
}
