import type { CommandResult } from '../../../core/command.ts'
import { answered, type Said } from '../../../probe/testing/answered.ts'
import { END } from '../../../probe/units/journal-search.ts'
import { type ClaimTable, cutOff, type Reply, type Row } from '../../rows/row.ts'
import { type ApiSaid, forbidden, NAMESPACE, noNamespace, notFound, UNANSWERED } from '../api.answers.ts'

interface LogAnswer {
  readonly namespace?: ApiSaid
  /** As the template says it. */
  readonly listed?: Said
  readonly newest?: Said
  readonly found?: string
  /** What the search for the text in any encoding found, when not the same. */
  readonly inAny?: string
  readonly other?: Buffer
}

const said = (one: ApiSaid): Said => ('code' in one ? (one as Said) : JSON.stringify(one))
const ended = (found: string): string => `${found}${found && '\n'}${END}`

function sections({
  namespace = NAMESPACE,
  listed = LISTED,
  newest = 'other\n',
  found = '',
  inAny = found,
  other,
}: LogAnswer): Said[] {
  const elsewise = Buffer.concat([other ?? Buffer.of(), Buffer.from(`${END}\n`)]).toString('base64')
  return [said(namespace), listed, newest, ended(inAny), ended(found), elsewise]
}

const LISTED = 'web\nweb web begun 0'
const log = (answer: LogAnswer): CommandResult => answered(sections(answer))
const NEVER: LogAnswer = { listed: 'web\nweb web waits 0', newest: '' }
const none = (namespace: ApiSaid = NAMESPACE): CommandResult =>
  log({ namespace, listed: said(notFound('pods', 'web')), newest: '' })

const LINE = 'Server listening'
const POD = 'the logs of pod "web" in namespace "shop"'
const LABEL = 'the logs of pods with label "app=web" in namespace "shop"'

const faults = (sentence: string): Row[] => {
  const whole = log({ found: LINE })
  const part = { ...whole, stdout: whole.stdout.subarray(0, whole.stdout.length - 2) }
  return [
    ['tool missing', sentence, log({ listed: { code: 127 } }), 'could not check', /neither kubectl nor k3s/],
    ['cut off', sentence, part, 'could not check'],
    ['cut off', sentence, cutOff(), 'could not check'],
    ['cut off', sentence, answered(sections({}).with(3, LINE)), 'could not check'],
    ['unreadable', sentence, log({ listed: said(UNANSWERED.unavailable) }), 'could not check', /503/],
    ['unreadable', sentence, log({ listed: said(forbidden('pods')) }), 'could not check', /pods is forbidden/],
    ['unreadable', sentence, log({ newest: said(forbidden('pods/log')) }), 'could not check', /pods\/log is forbidden/],
    [
      'unreadable',
      sentence,
      log({
        newest: {
          code: 1,
          out: 'Error from server: Get "https://10.0.0.5:10250/containerLogs/x": dial tcp: no route to host',
        },
      }),
      'could not check',
      /no route to host/,
    ],
    [
      'unreadable',
      sentence.replace(LINE, 'café'),
      log({ inAny: 'x', other: Buffer.from('caf\xe9\n', 'latin1') }),
      'could not check',
      /as Latin-1, without saying so/,
    ],
    ['hostile', sentence.replace(LINE, ''), log({}), 'refused', /empty text/],
    ['hostile', sentence.replace(LINE, 'a\nb'), log({}), 'refused', /is in no line/],
    ['hostile', sentence.replace(/web/, '../web'), log({}), 'refused'],
  ]
}

const absent = (sentence: string): Row[] => [
  ['absent', sentence, none(), 'not met', /was not there.*there is no such pod/s],
  ['absent', sentence, none(noNamespace), 'not met', /there is no namespace shop/],
  ['not so', sentence, log(NEVER), 'not met', /no container has been started/],
]

const soon = { replies: (_: string, at: number): Reply => log(at < 5000 ? NEVER : { found: LINE }) }

const contain = (of: string): Row[] => {
  const sentence = `${of} contain "${LINE}"`
  return [
    ['so', sentence, log({ found: LINE }), 'holds'],
    ['so', sentence, log({ found: LINE, listed: 'web\nweb web waits 4' }), 'holds'],
    ['so', sentence, soon, 'holds'],
    ['not so', sentence, log({}), 'not met', /did not contain "Server listening".*other lines, the newest:\n +other/s],
    ['not so', sentence, log({ newest: '' }), 'not met', /no line/],
    ...absent(sentence),
    ...faults(sentence),
  ]
}

const lack = (of: string): Row[] => {
  const sentence = `${of} do not contain "${LINE}"`
  return [
    ['so', sentence, log({}), 'holds'],
    ['not so', sentence, log({ found: `1 ${LINE}` }), 'not met', /contained "Server listening"/],
    ...absent(sentence),
    ...faults(sentence),
  ]
}

export const logRows: ClaimTable = {
  'the logs of pod {pod}{namespace} contain {string}{tail}': { rows: contain(POD) },
  'the logs of pod {pod}{namespace} do not contain {string}{tail}': { rows: lack(POD) },
  'the logs of pods with label {label}{namespace} contain {string}{tail}': { rows: contain(LABEL) },
  'the logs of pods with label {label}{namespace} do not contain {string}{tail}': { rows: lack(LABEL) },
}
