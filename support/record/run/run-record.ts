import type { FactsFile } from '../facts-file.ts'

/** What is written down while a run goes on. Everything is on disk when the call returns: a killed run keeps what was recorded. */
export interface RunRecord {
  /** The run's folder: `run.json`, `messages.ndjson`, reports, and `evidence/`. */
  readonly folder: string
  /** A folder for one subject's evidence (a machine's console, a full Nix log); made when asked for. */
  evidence(subject: string): string
  /** What is known about the flake in play; later words win. */
  flake(facts: FlakeFacts): void
  /** The store path that was judged as this host. */
  toplevel(host: string, storePath: string): void
  /** How a machine runs: driver, transport, accelerator, seconds to ready. Later words win, key by key. */
  machine(name: string, facts: Readonly<Record<string, string | number>>): void
  /** What a machine was given in this scenario. */
  size(name: string, size: Size, scenario: string): void
  /** What a machine has otherwise than the host that is judged. */
  differences(name: string, differences: readonly Difference[]): void
  /** What a machine was; later words win. */
  facts(facts: FactsFile): void
  /** Something a reader of the report must know: a fallback to emulation, an option the harness sets. */
  note(text: string): void
}

export interface FlakeFacts {
  readonly reference: string
  readonly revision?: string
  readonly narHash?: string
  /** Where each input came from, or what stood in for it. */
  readonly inputs?: Readonly<Record<string, string>>
}

/** Absent what is not known. */
export interface Size {
  readonly memoryMiB?: number | undefined
  readonly cores?: number | undefined
  readonly diskMiB?: number | undefined
}

/** As in run.json. */
export interface Difference {
  readonly option: string
  readonly host?: string
  readonly machine?: string
  readonly why: string
}
