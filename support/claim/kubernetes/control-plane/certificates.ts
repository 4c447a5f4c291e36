import { plural } from '../../../core/text/text.ts'
import { visible } from '../../../core/text/visible.ts'
import { type Duration, formatDuration, milliseconds } from '../../../core/time/duration.ts'
import { claim } from '../../../expect/claim.ts'
import type { Expectation } from '../../../expect/expectation.ts'
import type { Certificate, CertificateFacts } from '../../../kubernetes/control-plane/certificates.ts'

/** All that are found on the machine, those of authorities too, by its own clock. One that ends too soon outweighs what cannot be read. */
export const areValidFor = (lasting: Duration): Expectation<CertificateFacts> =>
  claim({
    wanted: `valid for ${span(lasting)}`,
    missed: `were not all valid for ${span(lasting)}`,
    unknown: facts => (faultsOf(facts, lasting).length > 0 ? undefined : whyNotAll(facts)),
    holds: facts => faultsOf(facts, lasting).length === 0,
    seen: facts => faultsOf(facts, lasting).join('\n') || (whyNotAll(facts) ?? soonest(facts)),
    state: facts => `${faultsOf(facts, lasting).length} of ${facts.certificates.length}`,
  })

function faultsOf({ certificates, now }: CertificateFacts, lasting: Duration): string[] {
  return certificates.flatMap(each => {
    if (each.from > now) return [`${named(each)} begins on ${day(each.from)}`]
    if (each.until <= now) return [`${named(each)} has ended on ${day(each.until)}`]
    return each.until < now + lasting.ms / 1000
      ? [`${named(each)} ends on ${day(each.until)}, in ${left(each.until - now)}`]
      : []
  })
}

function whyNotAll({ certificates, unreadable }: CertificateFacts): string | undefined {
  const [first] = unreadable
  if (first !== undefined) return visible(first)
  return certificates.length === 0 ? 'no certificate of a cluster is found on what is asked' : undefined
}

function soonest({ certificates, now }: CertificateFacts): string {
  const [first] = certificates.toSorted((a, b) => a.until - b.until)
  return first
    ? `${plural(certificates.length, 'certificate')}, the first to end: ${named(first)}, in ${left(first.until - now)}`
    : 'none'
}

const named = ({ path, subject }: Certificate): string => visible(`${path} (${subject})`)
const day = (time: number): string => new Date(time * 1000).toISOString().slice(0, 16).replace('T', ' ')
const left = (count: number): string => span(milliseconds(count * 1000))

const HOUR = 3_600_000

function span(duration: Duration): string {
  const hours = Math.floor(duration.ms / HOUR)
  if (hours < 2) return formatDuration(duration)
  return hours < 48 ? plural(hours, 'hour') : plural(Math.floor(hours / 24), 'day')
}
