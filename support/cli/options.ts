/** Every option of every command, declared once: parsing, help, and the refusals come from these records. */
import { FORMS } from '../compare/render/forms.ts'
import { refuse } from '../core/refusal.ts'
import type { Shard } from '../cucumber/selection/shard.ts'
import { parseRollback } from '../deploy/switch/rollback-time.ts'
import { parseValidity } from '../gate/validity.ts'
import { REPORT_FILES } from '../report/formats.ts'

export interface OptionRecord {
  /** As commander reads them: `--flake <ref>`. */
  readonly flags: string
  readonly help: string
  /** Given several times, collected. */
  readonly many?: true
  /** Turns the text into a value, or refuses it. */
  readonly parse?: (text: string) => unknown
  /** Named in the design, not built yet: refused, and said so in the help. */
  readonly planned?: true
}

const flake = { flags: '--flake <ref>', help: 'the flake that "." means in features (default: the project folder)' }
const offline = {
  flags: '--offline',
  help: 'look-alike inputs of Debian packages instead of the real ones; a rehearsal, never a GO',
}
const machine = {
  flags: '--machine <name=url>',
  help: 'a machine that already runs or is an image: ssh://user@host:port, run:SCRIPT, image:FOLDER (may be repeated)',
  many: true,
} as const
const inventory = {
  flags: '--inventory <source>',
  help: 'machines from a JSON file in the form of `machines` in nixcumber.config, or from the Hetzner Cloud by labels: hcloud:SELECTOR (may be repeated)',
  many: true,
} as const
const allow = {
  flags: '--allow <[name=]effect>',
  help: 'what features may do to live hosts, or to one, besides looking: changes, restarts, destroys (may be repeated)',
  many: true,
} as const
const on = {
  flags: '--on <machine>',
  help: 'only what is about these machines: NAME, or role:NAME (may be repeated)',
  many: true,
} as const
const json = { flags: '--json', help: 'for programs' }

const target = {
  flags: '--target <url>',
  help: 'the machine that is to be wiped, ssh://[user@]host[:port]; it is looked at only',
}
export const RUN_OPTIONS: readonly OptionRecord[] = [
  flake,
  offline,
  {
    flags: '--over <transport>',
    help: 'ask every machine over `serial` or `ssh`',
    parse: oneOf('--over', ['serial', 'ssh']),
  },
  machine,
  inventory,
  target,
  on,
  allow,
  { flags: '--tags <expression>', help: 'only scenarios with these tags: "@web and not @slow"' },
  {
    flags: '--name <pattern>',
    help: 'only scenarios whose name matches (may be repeated)',
    many: true,
    parse: pattern,
  },
  { flags: '--dry-run', help: 'only look whether every step is known; nothing is evaluated, built or booted' },
  {
    flags: '--parallel <n>',
    help: 'so many scenarios at a time, or `auto`: as many as cores and memory allow',
    parse: workers,
  },
  {
    flags: '--hosts-at-once <n>',
    help: 'live hosts that are asked at the same time (default: 20); 1: one scenario after the other',
    parse: hosts,
  },
  {
    flags: '--shard <i/n>',
    help: 'only the i-th of n parts, as long as the others by the durations recorded; see `nixcumber merge`',
    parse: shard,
  },
  {
    flags: '--from <scenario>',
    help: 'begin with this scenario: its name, or FILE:LINE; those before it are left out',
  },
  { flags: '--retry <n>', help: 'try a failed scenario again up to n times', parse: count('--retry') },
  { flags: '--last-failed', help: 'only what did not hold when it was last run' },
  { flags: '--fail-fast', help: 'stop after the first scenario that does not hold' },
  { flags: '--keep', help: 'leave the machines running until Ctrl-C; enter them by `nixcumber shell`' },
  {
    flags: '--pause-on-failure',
    help: 'stop where a step does not hold, with everything as it was then, and wait at the terminal; no second tries',
  },
  {
    flags: '--out <folder>',
    help: `where the run goes: run.json, messages.ndjson, ${REPORT_FILES.join(', ')} (default: .nixcumber/runs/<time>)`,
  },
]

export const MERGE_OPTIONS: readonly OptionRecord[] = [
  { flags: '--out <folder>', help: 'where the run made of them goes (default: .nixcumber/runs/<time>)' },
]
export const COMPARE_OPTIONS: readonly OptionRecord[] = [
  ...FORMS.map(({ option, help }) => ({ flags: `--${option} <file>`, help: `${help}; - is standard output` })),
  { flags: '--nagios', help: 'one line as Nagios plugins print it, and nothing else' },
  { flags: '--strict', help: 'what does not hold counts even if it is old' },
]
const level = {
  flags: '--level <level>',
  help: 'how far the verdict reaches: `installed` (default), the very system and disk script on virtual disks; `vm`, the host and the harness in a virtual machine, which is no GO for a wipe',
  parse: oneOf('--level', ['vm', 'installed']),
}
export const GATE_OPTIONS: readonly OptionRecord[] = [
  { ...flake, help: 'the flake whose host is judged (default: the project folder)' },
  offline,
  level,
  { flags: '--verdict <file>', help: 'where the verdict goes (default: HOST.verdict.json)' },
  { flags: '--sign <key>', help: 'sign it by this ssh key: a private key, or a .pub whose key the agent has' },
  { flags: '--valid <duration>', help: 'how long it holds: "2 hours", 30m (default: 24 hours)', parse: parseValidity },
  { flags: '--allow-dirty', help: 'judge a tree without a revision; its narHash is bound' },
  { flags: '--allow-import-from-derivation', help: 'evaluation may build; it is bound, and verify allows the same' },
  { ...target, help: 'the machine that is meant, ssh://[user@]host[:port]; without --then it is looked at only' },
  {
    flags: '--then <way>',
    help: 'after a GO, and the name of the host typed: `switch` the target to the very system, which goes back by itself unless the features hold there; `rebuild`, as nixos-rebuild does; `install` it, which wipes its disks, by nixos-anywhere',
  },
  { flags: '--yes <host>', help: "the host's name, instead of typing it" },
  {
    flags: '--kexec <file>',
    help: 'the tarball by which an installer is started on a target that runs none; its sha256 is bound',
  },
  {
    flags: '--rollback-after <duration>',
    help: 'when a switch goes back by itself (default: 10 minutes)',
    parse: parseRollback,
  },
]
export const VERIFY_OPTIONS: readonly OptionRecord[] = [
  { ...flake, help: 'the flake that is about to be installed' },
  { ...offline, help: 'accept a verdict of a rehearsal, and no other' },
  { flags: '--host <host>', help: 'the host that is about to be installed' },
  { flags: '--kexec <file>', help: 'the tarball by which an installer is started on the target' },
  { ...level, help: '`vm` accepts a verdict of level `vm`, too, which is no GO for a wipe' },
  {
    flags: '--allowed-signers <file>',
    help: 'who may sign, as in ssh-keygen(1) (default: ~/.config/nixcumber/allowed_signers); never a file of the flake',
  },
  {
    flags: '--revoked-signers <file>',
    help: 'keys that count no more, or a KRL (default: ~/.config/nixcumber/revoked_signers, where there is one)',
  },
  json,
  {
    ...target,
    help: 'the machine that is about to be wiped, as the verdict has it: ssh://[user@]host[:port]; it is looked at only',
  },
]
export const BOOT_OPTIONS: readonly OptionRecord[] = [flake, offline]
export const DOCTOR_OPTIONS: readonly OptionRecord[] = [
  json,
  { flags: '--network', help: 'also try whether GitHub and the Nix cache can be reached' },
]
export const STEPS_OPTIONS: readonly OptionRecord[] = [json]
export const MACHINES_OPTIONS: readonly OptionRecord[] = [json, machine, inventory, on, allow]
export const CLEAN_OPTIONS: readonly OptionRecord[] = [
  { flags: '--dry-run', help: 'only say what would be removed' },
  { flags: '--cache', help: 'also the toolbox, its store and the base images; they are made again when needed' },
]

function oneOf(name: string, known: readonly string[]): (text: string) => string {
  return text => {
    if (known.includes(text)) return text
    throw refuse({ what: `${name} cannot be "${text}"`, expected: known.join(' or '), got: text, known })
  }
}

function count(name: string): (text: string) => number {
  return text => {
    if (/^\d{1,3}$/.test(text)) return Number(text)
    throw refuse({ what: `${name} needs a number`, expected: 'a whole number from 0 to 999', got: text })
  }
}

function workers(text: string): number | 'auto' {
  if (text === 'auto') return text
  if (/^[1-9]\d?$/.test(text)) return Number(text)
  throw refuse({ what: `--parallel cannot be "${text}"`, expected: 'a whole number from 1 to 99, or auto', got: text })
}

function hosts(text: string): number {
  if (/^[1-9]\d{0,2}$/.test(text)) return Number(text)
  throw refuse({ what: `--hosts-at-once cannot be "${text}"`, expected: 'a whole number from 1 to 999', got: text })
}

function shard(text: string): Shard {
  const [, index, count] = (/^(\d{1,3})\/(\d{1,3})$/.exec(text) ?? []).map(Number)
  if (index && count && index <= count) return { index, count }
  throw refuse({
    what: `--shard cannot be "${text}"`,
    expected: 'I/N: the I-th of N parts, from 1/N to N/N',
    got: text,
  })
}

function pattern(text: string): string {
  try {
    new RegExp(text)
    return text
  } catch (error) {
    throw refuse({ what: '--name is no regular expression', got: text, expected: (error as Error).message })
  }
}
