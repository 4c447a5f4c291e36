/** The form of a verdict. Whatever is not exactly of this form is no verdict: no key may be added, and none left out. */
import { z } from 'zod'
import { targetSchema } from './target/bound-target.ts'
import { commit, count, derivation, moment, narHash, sha256, storePath, text } from './values.ts'

export const FORMAT = 'nixcumber-verdict@1'
/** What its signature is made for: one made for git or for mail is none for a verdict. */
export const NAMESPACE = 'nixcumber-verdict@v1'

/** A rehearsal is another word than GO: who looks for `GO` alone finds none. */
export const REHEARSAL = 'GO (rehearsal with offline inputs)'
const WORDS = ['GO', REHEARSAL, 'NO-GO', 'COULD NOT CHECK'] as const
export type Word = (typeof WORDS)[number]

/** `vm`: the host and the harness in a virtual machine, a sibling of what is installed. `installed`: its very system and disk script, on virtual disks. */
export const LEVELS = ['vm', 'installed'] as const
export type Level = (typeof LEVELS)[number]

const built = z.strictObject({
  derivation,
  path: storePath,
  /** sha256 over the sorted lines `path narHash` of the closure: a path of the store does not bind what lies there. */
  contents: sha256,
})

const flake = z.strictObject({
  reference: text,
  /** Null of a tree with changes, and of one under no version control. */
  revision: commit.nullable(),
  /** What a tree with changes started from. */
  dirtyRevision: text.nullable(),
  /** A tree without a revision was asked for (`--allow-dirty`); its narHash binds it. */
  dirtyAllowed: z.boolean(),
  narHash,
  /** Of source and lock, by Nix; null where Nix has none, as of a tree with changes. */
  fingerprint: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable(),
  /** Of flake.lock; null where there is none. */
  lock: sha256.nullable(),
  /** Inputs whose lock does not say what they are. */
  unlocked: z.array(text),
  /** Evaluation was allowed to build. */
  importFromDerivation: z.boolean(),
})

const difference = z.strictObject({
  option: text,
  /** Null where the host has no such thing. */
  host: z.string().nullable(),
  machine: z.string().nullable(),
  why: z.string(),
})

const machine = z.strictObject({
  driver: text,
  /** Systems that were judged by this name, as they would be installed. */
  toplevels: z.array(storePath),
  /** What has laid out its disks; null where nothing has. */
  diskScript: storePath.nullable(),
  accelerator: text.nullable(),
  /** What the machine has otherwise than the host. */
  differences: z.array(difference),
})

const results = z.strictObject({
  /** Of the run's results.json. */
  digest: sha256,
  /** Of the run: 0 when all held. */
  exitCode: count,
  counts: z.strictObject({
    ...{ held: count, failed: count, refused: count, error: count, unfinished: count, skipped: count },
  }),
  /** Scenarios that held, and not at the first try. */
  flaky: z.array(text),
  /** Scenarios that a waiver of the configuration speaks of. */
  waived: z.array(text),
})

export const verdictSchema = z.strictObject({
  format: z.literal(FORMAT),
  word: z.enum(WORDS),
  level: z.enum(LEVELS),
  /** Why it is no GO. */
  reasons: z.array(text),
  notLookedAt: z.array(text),
  host: text,
  flake,
  toplevel: built,
  /** Null where the host has no `config.system.build.diskoScript`, or a layout that names no disk. */
  diskScript: built.nullable(),
  /** Names below boot.loader that are enabled. */
  bootLoaders: z.array(text),
  /** Devices by name, as the disk script has them; null where there is none. */
  disks: z.record(text, text).nullable(),
  features: z.strictObject({
    /** Feature files, step files of the project and its configuration: sha256 by path. */
    files: z.record(text, sha256),
    /** Only scenarios with these tags are judged. */
    tags: text.nullable(),
    /** Of the text of the features that were read, as in run.json. */
    hash: sha256,
  }),
  results,
  machines: z.record(text, machine),
  /** The machine that is to be wiped; null where none was named. */
  target: targetSchema.nullable(),
  /** Of the tarball by which an installer is started on the target; null where none was named. */
  installer: sha256.nullable(),
  inputs: z.enum(['real', 'offline']),
  versions: z.strictObject({ nixcumber: text, nix: text, qemu: text.nullable() }),
  issued: moment,
  expires: moment,
  nonce: z.string().regex(/^[0-9a-f]{32}$/),
  /** Fingerprint of the key that was to sign it; null when none was. */
  signer: z
    .string()
    .regex(/^SHA256:[A-Za-z0-9+/]{43}$/)
    .nullable(),
})

export type VerdictDocument = z.infer<typeof verdictSchema>
/** All that the word follows from. */
export type Evidence = Omit<VerdictDocument, 'word' | 'reasons'>
