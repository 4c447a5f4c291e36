/** A target in a line, for the terminal and the report. Pure. */
import { known } from '../probe/fact.ts'
import { showSize } from './judge/disks.ts'
import type { SeenTarget } from './target-file.ts'

/** What is not known is left out: `target.json` says why. */
export function summaryOf({ address, hostKey, facts }: SeenTarget): string {
  const { vendor, product } = known(facts.dmi) ?? {}
  const disks = (known(facts.disks) ?? []).filter(({ type, size }) => type === 'disk' && size > 0)
  const words = [
    known(facts.os)?.name,
    known(facts.machine),
    [vendor, product].filter(word => word !== undefined && word !== '').join(' '),
    known(facts.firmware)?.is,
    disks.map(({ path, size }) => `${path} (${showSize(size)})`).join(', '),
  ].filter(word => word !== undefined && word !== '')
  return `The target ${address} was looked at${hostKey === undefined ? '' : `, ${hostKey.fingerprint}`}${words.length > 0 ? `: ${words.join('; ')}` : ''}`
}
