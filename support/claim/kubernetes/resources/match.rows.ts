import type { CommandResult } from '../../../core/command.ts'
import type { ClaimTable, Guest, Reply, Row } from '../../rows/row.ts'
import { type ApiSaid, apiSaid, failed, NAMESPACE, noNamespace, notFound, unanswered } from '../api.answers.ts'

const web = {
  ...{ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' } },
  spec: { replicas: 2, template: { spec: { containers: [{ name: 'web', image: 'web:1' }] } } },
  status: { conditions: [{ type: 'Progressing' }, { type: 'Available', status: 'True' }] },
}
const said = (one: ApiSaid = web): CommandResult => apiSaid(NAMESPACE, one)
const none = notFound('deployments.apps', 'web')
const unheard = failed('error: the server doesn\'t have a resource type "deployment"')
/** A part of the API is served by something that is down. */
const partly = failed(
  `couldn't get resource list for metrics.k8s.io/v1beta1: the server is currently unable to handle the request\n${(unheard as { out: string }).out}`,
)

const MATCHES = 'resource "deployment" "web" in namespace "shop" matches:'
const MATCHES_NOT = 'resource "deployment" "web" in namespace "shop" does not match:'

const SO = 'status: {conditions: [{type: Available, status: "True"}]}'
const NOT_SO = 'spec: {replicas: 3}'
const asked = (text: string, replies: NonNullable<Guest['replies']> = said()): Guest => ({ text, replies })
const late =
  (first: ApiSaid, then: ApiSaid) =>
  (_: string, at: number): Reply =>
    said(at < 5000 ? first : then)

const both = (sentence: string): Row[] => [
  ['absent', sentence, asked(SO, said(none)), 'not met', /was not there.*none of that name/s],
  ['absent', sentence, asked(SO, apiSaid(noNamespace, none)), 'not met', /there is no namespace shop/],
  ['absent', sentence, asked(SO, said(unheard)), 'not met', /does not know what "deployment" is/],
  ['unreadable', sentence, asked(SO, said(partly)), 'could not check'],
  ['unreadable', sentence, asked(SO, said({ code: 0, out: '<html>' })), 'could not check', /no JSON/],
  [
    'unreadable',
    sentence,
    asked('data: {a: b}', said({ kind: 'Secret', apiVersion: 'v1', data: { a: 'aHVudGVyMg==' } })),
    'could not check',
    /its values are secret/,
  ],
  ['hostile', sentence, asked(''), 'refused', /is no part of a resource/],
  ['hostile', sentence, asked('spec: {replicas: }'), 'refused', /without a value/],
  ['hostile', sentence, asked('spec: ['), 'refused', /is no YAML/],
  ['hostile', sentence.replace('deployment', 'secrets'), asked(SO), 'refused', /in a secret is not compared/],
  ['hostile', sentence.replace('deployment', 'Secret'), asked(SO), 'refused', /in a secret is not compared/],
  ['hostile', sentence.replace('deployment', 'secret.v1.'), asked(SO), 'refused', /in a secret is not compared/],
  ['hostile', sentence.replace('deployment', 'pods,secrets'), asked(SO), 'refused', /cannot be the kind/],
  ['hostile', sentence.replace('deployment', 'secret/web'), asked(SO), 'refused'],
  ['hostile', sentence.replace('"web"', '"-o=yaml"'), asked(SO), 'refused', /cannot be the name/],
]

export const matchRows: ClaimTable = {
  'resource {resource} {any-object}{namespace} matches{tail}:': {
    rows: [
      ['so', MATCHES, asked(SO), 'holds'],
      ['so', MATCHES, asked('kind: Deployment\nspec:\n  template: {spec: {containers: [{name: web}]}}'), 'holds'],
      ['so', 'resource "clusterrole" "system:node" matches:', asked(SO), 'holds'],
      ['so', MATCHES, asked(SO, late(none, web)), 'holds'],
      ['so', MATCHES, asked(SO, late(unheard, web)), 'holds'],
      ['not so', MATCHES, asked(NOT_SO), 'not met', /did not match within 2 min.*spec\.replicas: wanted 3, seen 2/s],
      ['not so', MATCHES, asked('spec: {replica: 2}'), 'not met', /seen not there, did you mean replicas\?/],
      ['not so', MATCHES, asked('spec: {replicas: "2"}'), 'not met', /wanted "2", seen 2/],
      ...both(MATCHES),
      ...unanswered(MATCHES, [NAMESPACE, web], 'holds', { text: SO }, 1),
    ],
  },
  'resource {resource} {any-object}{namespace} does not match{tail}:': {
    rows: [
      ['so', MATCHES_NOT, asked(NOT_SO), 'holds'],
      ['not so', MATCHES_NOT, asked(SO), 'not met', /still matched.*all as in the text/s],
      ...both(MATCHES_NOT),
      ...unanswered(MATCHES_NOT, [NAMESPACE, web], 'holds', { text: NOT_SO }, 1),
    ],
  },
}
