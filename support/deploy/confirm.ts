/** Nothing is done to a target before a person, or `--yes`, has said the name of the host. */
import { createInterface } from 'node:readline'
import { UsageError } from '../core/errors.ts'
import { refuse } from '../core/refusal.ts'
import { rows } from '../core/text/text.ts'
import { systemClock } from '../core/time/clock.ts'
import { formatDuration, minutes } from '../core/time/duration.ts'
import { withTimeout } from '../core/time/with-timeout.ts'
import { dropTypedAhead, type Terminal } from './typed-ahead.ts'

/** What the page shows; the rows are in the words of what is about to be done. */
export interface Deed {
  readonly host: string
  /** `switch`: as `--then` has it. */
  readonly how: string
  /** Address as ssh reaches it: `root@192.0.2.4:22`. */
  readonly address: string
  /** Of the host key: `SHA256:…`. */
  readonly fingerprint: string
  /** Inputs were look-alikes. */
  readonly rehearsal: boolean
  /** Label and text: each disk, what is on it, what runs now, what will run. */
  readonly details: Readonly<Record<string, string | undefined>>
}

export interface Answering {
  /** The host's name, by `--yes`. */
  readonly yes?: string
  readonly input: Terminal
  show(text: string): void
}

const PATIENCE = minutes(10)

export function confirmationPage({ host, how, address, fingerprint, rehearsal, details }: Deed): string {
  const head = `${rehearsal ? 'REHEARSAL, with offline inputs  ' : ''}${how} ${host} on ${address}`
  return `${head}\n${rows({ Host: host, Address: address, 'Host key': fingerprint, ...details })}`
}

/** Before anything is judged, built or asked. @throws UsageError when no confirmation can come, or the wrong one was given */
export function refuseUnconfirmed(host: string, { yes, input }: Pick<Answering, 'yes' | 'input'>): void {
  if (yes !== undefined && yes !== host) throw wrongName(host, yes)
  if (yes === undefined && input.isTTY !== true)
    throw refuse({
      what: `Without a terminal the name of host "${host}" cannot be typed`,
      expected: `a terminal, or --yes ${host}`,
      got: 'an input that is no terminal',
    })
}

/** @throws UsageError unless exactly the host's name is said, within ten minutes */
export async function confirm(deed: Deed, { yes, input, show }: Answering): Promise<void> {
  refuseUnconfirmed(deed.host, yes === undefined ? { input } : { input, yes })
  show(confirmationPage(deed))
  if (yes !== undefined) return
  await dropTypedAhead(input)
  show(`Type the name of the host to go on (${deed.host}):`)
  const said = await line(input)
  if (said !== deed.host) throw wrongName(deed.host, said ?? '')
}

const wrongName = (host: string, got: string): UsageError =>
  refuse({
    what: `That is not the name of the host: nothing was changed`,
    expected: host,
    got: got === '' ? 'nothing' : got,
  })

async function line(input: Terminal & { readonly readableEnded?: boolean }): Promise<string | undefined> {
  if (input.readableEnded) return undefined
  const lines = createInterface({ input, terminal: false })
  const said = new Promise<string | undefined>(resolve => {
    lines.once('line', resolve)
    lines.once('close', () => resolve(undefined))
  })
  const late = (): UsageError =>
    new UsageError(`Nothing was typed within ${formatDuration(PATIENCE)}: nothing was changed`)
  try {
    return await withTimeout(said, PATIENCE, late, systemClock)
  } finally {
    lines.close()
  }
}
