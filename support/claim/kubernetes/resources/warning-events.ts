import { plural } from '../../../core/text/text.ts'
import { visible } from '../../../core/text/visible.ts'
import { claim } from '../../../expect/claim.ts'
import type { Expectation } from '../../../expect/expectation.ts'
import { HOLD } from '../../../expect/not.ts'
import type { WarningEvent, WarningEvents } from '../../../kubernetes/objects/warning-events.ts'
import { known, whyUnknown } from '../../../probe/fact.ts'

/** As long as the server keeps them; an empty list of a namespace that is not there says nothing. */
export const noWarningEvents: Expectation<WarningEvents> = claim({
  wanted: 'no warning events',
  missed: 'had warning events',
  hold: HOLD,
  unknown: ({ events, hasNamespace }) =>
    events.length === 0
      ? whyUnknown(hasNamespace) && `whether it exists is not known: ${whyUnknown(hasNamespace)}`
      : undefined,
  absent: ({ events, hasNamespace }) => events.length === 0 && known(hasNamespace) === false,
  holds: ({ events }) => events.length === 0,
  seen,
  state: ({ events }) => plural(events.length, 'warning'),
  hopeless: ({ events }) => (events.length > 0 ? 'the cluster keeps them for an hour' : undefined),
})

const SHOWN = 5
const LONGEST = 300

/** The newest. */
function seen({ events, hasNamespace, isPart, namespace }: WarningEvents): string {
  if (events.length === 0) return known(hasNamespace) === false ? `there is no namespace ${namespace}` : 'none'
  const before = events.length - SHOWN
  return [
    ...(before > 0 || isPart ? [`${Math.max(0, before)} ${isPart ? 'and more ' : ''}before these`] : []),
    ...events.slice(-SHOWN).map(line),
  ].join('\n')
}

const line = ({ of, reason, message, count }: WarningEvent): string =>
  visible(`${of}: ${reason}${count > 1 ? ` (${count} times)` : ''}: ${message}`).slice(0, LONGEST)
