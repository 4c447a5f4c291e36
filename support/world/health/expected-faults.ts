/** What a scenario has done to a machine on purpose, so that the health check does not take it for the machine's own illness. */
import type { Machine } from '../../machine/machine.ts'

export interface ExpectedFault {
  /** In the words of the health check: `panicked`. */
  readonly what: string
  /** Only a line like this was ordered; every one when absent. */
  readonly line?: RegExp
}

/** In which part of the console's transcript it counts. */
export interface OrderedSpan extends ExpectedFault {
  readonly from: number
  readonly until: number
}

const orders = new WeakMap<Machine, OrderedSpan[]>()

/** From now on, until it is taken back or the scenario ends. */
export function order(machine: Machine, ordered: ExpectedFault): void {
  const from = machine.console?.position ?? 0
  orders.set(machine, [...orderedOf(machine), { ...ordered, from, until: Number.POSITIVE_INFINITY }])
}

/** What comes later was not ordered. */
export function clearExpected(machine: Machine, what?: string): void {
  const until = machine.console?.position ?? 0
  const ended = (span: OrderedSpan) => (what === undefined || span.what === what) && span.until > until
  orders.set(
    machine,
    orderedOf(machine).map(span => (ended(span) ? { ...span, until } : span)),
  )
}

export const orderedOf = (machine: Machine): readonly OrderedSpan[] => orders.get(machine) ?? []
