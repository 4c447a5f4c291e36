import * as unit from '../units/unit.answers.ts'
import { unitAnswer, unitSections } from '../units/unit.answers.ts'
import { type ClaimTable, type Reply, unknown } from './row.ts'

const before = ['service "sshd" is active']
const again = { ...unit.runs, InvocationID: 'bbbb', NRestarts: 1 }

/** What the first look remembers, and what is seen from then on. */
function then(reply: Reply) {
  let looks = 0
  return { before, replies: (): Reply => (looks++ === 0 ? unitAnswer(unit.runs) : reply) }
}

const SENTENCE = 'service "sshd" is active again'

export const faultRows: ClaimTable = {
  'service {unit} is active again{tail}': {
    without: { hostile: 'a name with anything else than letters, digits and : _ . \\ @ - is refused, see readUnit' },
    rows: [
      ['so', SENTENCE, then(unitAnswer(again, { age: 4 })), 'holds'],
      [
        'not so',
        SENTENCE,
        then(unitAnswer(unit.runs)),
        'not met',
        /was not active again within.*the same start as before/s,
      ],
      ['not so', SENTENCE, then(unitAnswer(unit.failed)), 'not met', /it failed for good/],
      ['not so', `${SENTENCE} now`, then(unitAnswer(again, { age: 1 })), 'not met', /kept restarting/],
      ['not so', SENTENCE, then(unitAnswer(unit.restarts)), 'not met', /kept restarting/],
      ['not so', SENTENCE, unitAnswer(unit.runs), 'refused', /"again" since when\?/],
      ['absent', SENTENCE, then(unitAnswer(unit.absent)), 'not met', /was not there/],
      ...unknown(SENTENCE, unitSections([again])).map(
        ([kind, sentence, guest, outcome]) =>
          [kind, sentence, then((guest as { replies: Reply }).replies), outcome] as const,
      ),
    ],
  },
}
