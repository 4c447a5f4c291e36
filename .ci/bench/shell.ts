/** What one command costs by each way in, without a machine: our own part of the round trip. */
import { roundTrips } from '../../support/shell/round-trip.bench.ts'
import { ms, type Part } from './measure.ts'

export const shell: Part = async say => {
  for (const { what, medianMs } of await roundTrips())
    say(`round trip on the runner, ${what}`, ms(medianMs), 'median of 200')
}
