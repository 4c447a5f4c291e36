import stripAnsi from 'strip-ansi'
import { z } from 'zod'

/** A place in a Nix file. */
export interface Position {
  readonly file: string
  readonly line?: number
  readonly column?: number
}

/** What `--log-format internal-json` tells, cut down to what is used (Nix 2.26, src/libutil/logging.cc). */
export type LogEvent =
  | {
      readonly kind: 'message'
      readonly level: number
      readonly text: string
      /** The reason alone, without trace and source excerpt. Only errors have it. */
      readonly raw?: string
      readonly position?: Position
      /** Innermost first. */
      readonly trace: readonly Position[]
    }
  | { readonly kind: 'build-starts'; readonly id: number; readonly derivation: string }
  | { readonly kind: 'build-line'; readonly id: number; readonly line: string }
  | { readonly kind: 'builds'; readonly done: number; readonly expected: number }
  | { readonly kind: 'activity'; readonly text: string }
  | { readonly kind: 'other' }

// Activity and result numbers of Nix's logger (src/libutil/logging.hh).
const BUILDS = 104
const BUILD = 105
const BUILD_LINE = 101
const PROGRESS = 105
const TALKATIVE = 4

const place = {
  file: z.string().nullish(),
  line: z.number().nullish(),
  column: z.number().nullish(),
}
const schema = z.discriminatedUnion('action', [
  z.object({
    action: z.literal('msg'),
    level: z.number(),
    msg: z.string(),
    raw_msg: z.string().optional(),
    trace: z.array(z.object(place)).optional(),
    ...place,
  }),
  z.object({
    action: z.literal('start'),
    id: z.number(),
    type: z.number(),
    level: z.number().default(TALKATIVE),
    text: z.string().default(''),
    fields: z.array(z.union([z.string(), z.number()])).default([]),
  }),
  z.object({
    action: z.literal('result'),
    id: z.number(),
    type: z.number(),
    fields: z.array(z.union([z.string(), z.number()])).default([]),
  }),
  z.object({ action: z.literal('stop') }),
])

/** Reads the lines of one Nix process. It remembers which activity counts the builds. */
export class LogReader {
  readonly #counters = new Set<number>()

  /** Undefined when the line is not Nix's structured log (a crash, a wrapper's own words). */
  read(line: string): LogEvent | undefined {
    if (!line.startsWith('@nix ')) return undefined
    const parsed = schema.safeParse(parseJson(line.slice(5)))
    if (!parsed.success) return { kind: 'other' }
    const event = parsed.data
    if (event.action === 'msg') return message(event)
    if (event.action === 'start') return this.#start(event)
    if (event.action === 'result') return this.#result(event)
    return { kind: 'other' }
  }

  #start({ id, type, level, text, fields }: Start): LogEvent {
    if (type === BUILDS) this.#counters.add(id)
    if (type === BUILD) return { kind: 'build-starts', id, derivation: derivationName(String(fields[0] ?? text)) }
    return level < TALKATIVE && text !== '' ? { kind: 'activity', text: stripAnsi(text) } : { kind: 'other' }
  }

  #result({ id, type, fields }: Result): LogEvent {
    if (type === BUILD_LINE) return { kind: 'build-line', id, line: stripAnsi(String(fields[0] ?? '')) }
    if (type === PROGRESS && this.#counters.has(id))
      return { kind: 'builds', done: Number(fields[0] ?? 0), expected: Number(fields[1] ?? 0) }
    return { kind: 'other' }
  }
}

type Message = Extract<z.infer<typeof schema>, { action: 'msg' }>
type Start = Extract<z.infer<typeof schema>, { action: 'start' }>
type Result = Extract<z.infer<typeof schema>, { action: 'result' }>

function message({ level, msg, raw_msg, trace = [], ...where }: Message): LogEvent {
  const position = positionOf(where)
  return {
    kind: 'message',
    level,
    text: stripAnsi(msg),
    ...(raw_msg === undefined ? {} : { raw: stripAnsi(raw_msg) }),
    ...(position ? { position } : {}),
    trace: trace.map(positionOf).filter(found => found !== undefined),
  }
}

function positionOf({ file, line, column }: Pick<Message, 'file' | 'line' | 'column'>): Position | undefined {
  if (!file) return undefined
  // Nix 2.20 and newer write the line and column into the name as well.
  const name = stripAnsi(file).replace(/:\d+:\d+$/, '')
  return { file: name, ...(line ? { line } : {}), ...(column ? { column } : {}) }
}

/** `/nix/store/<hash>-web-1.0.drv` is `web-1.0`. */
export const derivationName = (path: string): string => path.replace(/^.*\/[a-z0-9]{32}-/, '').replace(/\.drv$/, '')

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
