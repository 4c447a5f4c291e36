/** The words of one look, as a step attaches them and reports read them. */

export const OBSERVATION_MEDIA_TYPE = 'application/vnd.nixcumber.observation+json'

export interface Observed {
  /** `nginx.service on web`. */
  readonly subject: string
  readonly wanted: string
  /** What the message of a failure shows as "Observed". */
  readonly seen: string
}

/** A failure is looked into, what held is only to be recognised. */
const ROOM = { held: 300, missed: 2000 } as const

export function shortened({ subject, wanted, seen }: Observed, held: boolean): Observed {
  return {
    subject: cut(subject, ROOM.held),
    wanted: cut(wanted, ROOM.held),
    seen: cut(seen, held ? ROOM.held : ROOM.missed),
  }
}

/** The end of it says how much is missing: two long texts that differ only there are of different length, mostly. */
const cut = (text: string, room: number): string =>
  text.length <= room ? text : `${text.slice(0, room)}… ${text.length - room} more characters`

/** Undefined for what is none: any step may attach. */
export function readObservation(body: string): Observed | undefined {
  try {
    const { subject, wanted, seen } = JSON.parse(body) as Partial<Record<keyof Observed, unknown>>
    if (typeof subject !== 'string' || typeof wanted !== 'string' || typeof seen !== 'string') return undefined
    return { subject, wanted, seen }
  } catch {
    return undefined
  }
}
