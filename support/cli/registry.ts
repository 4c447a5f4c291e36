/** The commands by name. Each is loaded only when called: the start of `run` must not pay for the others. */
import {
  BOOT_OPTIONS,
  CLEAN_OPTIONS,
  COMPARE_OPTIONS,
  DOCTOR_OPTIONS,
  GATE_OPTIONS,
  MACHINES_OPTIONS,
  MERGE_OPTIONS,
  type OptionRecord,
  RUN_OPTIONS,
  STEPS_OPTIONS,
  VERIFY_OPTIONS,
} from './options.ts'

/** What was given after the command's name. Option keys are camel-cased by commander: `--dry-run` is `dryRun`. */
export interface Given {
  readonly words: readonly string[]
  readonly options: Readonly<Record<string, unknown>>
}

export interface CommandRecord {
  readonly usage: string
  readonly help: string
  readonly options: readonly OptionRecord[]
  /** Gives the exit code. */
  readonly run: (given: Given) => Promise<number>
}

export const COMMANDS: Readonly<Record<string, CommandRecord>> = {
  run: {
    usage: '[path...]',
    help: 'run features: folders, files, or file:line (default: features/**/*.feature)',
    options: RUN_OPTIONS,
    run: async given => (await import('./commands/run.ts')).run(given),
  },
  merge: {
    usage: '<folder...>',
    help: 'one run made of several: shards, each the --out folder of a run',
    options: MERGE_OPTIONS,
    run: async given => (await import('./commands/merge.ts')).merge(given),
  },
  doctor: {
    usage: '',
    help: 'what this computer has and lacks, each with a remedy',
    options: DOCTOR_OPTIONS,
    run: async given => (await import('./commands/doctor.ts')).doctor(given),
  },
  machines: {
    usage: '',
    help: 'the machines that a run would know: where each is, its roles, what features may do to it, who has named it',
    options: MACHINES_OPTIONS,
    run: async given => (await import('./commands/machines.ts')).listMachines(given),
  },
  steps: {
    usage: '[word...]',
    help: 'the sentences that features can use; with words, those that contain them',
    options: STEPS_OPTIONS,
    run: async given => (await import('./commands/steps.ts')).steps(given),
  },
  init: {
    usage: '',
    help: 'write a first feature and a configuration here; nothing is overwritten',
    options: [],
    run: async given => (await import('./commands/init.ts')).init(given),
  },
  boot: {
    usage: '<host>',
    help: 'boot a host of the flake and keep it until Ctrl-C',
    options: BOOT_OPTIONS,
    run: async given => (await import('./commands/boot.ts')).boot(given),
  },
  shell: {
    usage: '<machine>',
    help: 'enter a machine that `boot` or `run --keep` left running',
    options: [],
    run: async given => (await import('./commands/shell.ts')).shell(given),
  },
  clean: {
    usage: '',
    help: 'sweep up what a power cut left behind, and recorded runs and store images too old to be kept',
    options: CLEAN_OPTIONS,
    run: async given => (await import('./commands/clean.ts')).clean(given),
  },
  compare: {
    usage: '[base] [current]',
    help: 'what is new between two runs: folders, last, last-good, a day, a time (default: last-good last)',
    options: COMPARE_OPTIONS,
    run: async given => (await import('./commands/compare.ts')).compareRuns(given),
  },
  gate: {
    usage: '<host>',
    help: 'judge a host of the flake, and write a verdict that is bound to its very system',
    options: GATE_OPTIONS,
    run: async given => (await import('./commands/gate.ts')).gate(given),
  },
  verify: {
    usage: '<verdict>',
    help: 'whether a verdict holds for what is there now; whatever is missing, unknown or cannot be looked at is no yes',
    options: VERIFY_OPTIONS,
    run: async given => (await import('./commands/verify.ts')).verify(given),
  },
}
