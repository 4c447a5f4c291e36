/** Long work reports what it does; the console and the report subscribe. */
export interface Progress {
  /** A new phase: `building host t14`. A connection is one of many, perhaps, and worth no line of its own then. */
  start(what: string, kind?: 'connection'): ProgressTask
  /** Something worth knowing now: a fallback, a warning. Kept in the run's record. */
  note(text: string): void
}

export interface ProgressTask {
  /** The newest detail of the phase, shown in place: `12 of 40 derivations`. */
  update(detail: string): void
  done(outcome?: string): void
}

export const silentProgress: Progress = { start: () => ({ update() {}, done() {} }), note() {} }
