/** Each reason against a verdict is provoked through the real command line: by which scenario stands here, by its name. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { REASONS, type Reason } from '../../gate/reasons.ts'
import { candidates } from '../../runner/workers/testing/candidates.ts'

const FAILED = 'Not held, not checked, left out, waived, and held at a second try only'
const FORGED = 'What a verdict says of its run speaks against it, whatever its word is'
const ENDED = 'A verdict with reasons, and a run that ended otherwise'
const BOUND = 'Each thing that it binds is asked for anew'
const NOTHING = 'A tree with changes, and nothing that was booted'
const DISKS = 'The very system and disk script, on disks: it holds without a word about its level'
const CHARACTER = 'One character of the flake'

/** A new reason has no line here, and is no program then. */
const SCENARIOS: Readonly<Record<Reason, string>> = {
  'half a file': 'Half a verdict is none',
  'unknown format': 'Signed by the right key, and of another format',
  'word of its own': 'Signed by the right key, and in a word of its own',
  'key of its own': 'Signed by the right key, and with a key of its own',
  unsigned: 'An unsigned one does not hold',
  stranger: "A stranger's signature is no yes",
  'other namespace': 'A signature made for git is none',
  'signer for other things': 'A signer who may sign for git only is none',
  'signer expired': 'A signer who might sign until 2020 is none',
  'signer revoked': 'A signer who was revoked is none',
  'one byte edited': 'One byte edited is found',
  'signer of its own': 'Signed by a key that may, and not the one that it names',
  'word that does not follow': FORGED,
  'reasons of its own': ENDED,
  "other host's": 'The verdict of another host is no yes',
  expired: 'Signed by the right key, and expired',
  'from the future': 'Signed by the right key, and from the future',
  'offline inputs': 'A rehearsal is no yes',
  'level too low': 'A level too low is no yes',
  'bound to no target': 'A target that it has not is no yes',
  'no scenario': 'No scenario is about the host',
  'not held': FAILED,
  refused: FORGED,
  skipped: FAILED,
  error: FAILED,
  unfinished: FORGED,
  'held only at a second try': FAILED,
  waiver: FAILED,
  'run that ended badly': ENDED,
  'no machine': NOTHING,
  'not a machine of the level': FORGED,
  'other disk script': FORGED,
  'no system seen': ENDED,
  'other system': FORGED,
  dirty: NOTHING,
  'input unlocked': 'An input that the lock has as it was changed, and a Nix that takes it',
  'input unlocked now': 'An input that is not locked any more',
  'does not evaluate now': 'A host of another name',
  'other revision': CHARACTER,
  'other tree': CHARACTER,
  'lock changed': 'The lock',
  'other fingerprint': BOUND,
  'other derivation': CHARACTER,
  'other disk script now': DISKS,
  'other path of the disk script': DISKS,
  'other boot loader': BOUND,
  'other disk': BOUND,
  'layout that is gone, or new': BOUND,
  'other installer': 'Another installer than the one that was judged',
  'other features': 'The features',
  'other tags': BOUND,
  'same path with other contents': 'The same path of the store, with other contents',
}

const FEATURE = 'features/framework/gate.feature'
const text = readFileSync(join(import.meta.dirname, '../../..', FEATURE), 'utf8')
const scenarios = new Map(
  candidates({ [FEATURE]: text }).map(({ pickle }) => [pickle.name, pickle.steps.map(step => step.text)]),
)

/** The words that are the same in each case; in a scenario a line of the page stands by itself. */
const fixed = (told: string): string[] =>
  told
    .split('…')
    .map(part => part.trim())
    .filter(Boolean)

for (const [reason, told] of Object.entries(REASONS))
  test(`no GO: ${reason}`, () => {
    const name = SCENARIOS[reason as Reason]
    const steps = scenarios.get(name)
    assert.ok(steps, `${FEATURE} has no scenario "${name}"`)
    assert.ok(
      steps.some(step => /^the exit code is [123]$/.test(step)),
      `"${name}" does not say that it is no GO`,
    )
    const said = steps.filter(step => step.startsWith('nixcumber says')).join('\n')
    for (const words of fixed(told)) assert.ok(said.includes(words), `"${name}" does not say "${words}":\n${said}`)
  })
