/**
 * What is said against a verdict, of itself and of its flake, all in one place: a name for each reason, and the words by which it is told, in which
 * "…" stands for what differs from case to case. Nothing else can be told, by its type; and reasons.test.ts wants a scenario for each.
 */
export const REASONS = {
  // Of the file and its signature.
  'half a file': '… is no verdict',
  'unknown format': '… is no verdict',
  'word of its own': '… is no verdict',
  'key of its own': '… is no verdict',
  unsigned: 'signature',
  stranger: 'signature',
  'other namespace': 'signature',
  'signer for other things': 'signature',
  'signer expired': 'signature',
  'signer revoked': 'signature',
  'one byte edited': 'signature',
  // Of what it says.
  'signer of its own': 'signer',
  'word that does not follow': 'word, by what it binds',
  'reasons of its own': 'reasons against it',
  "other host's": 'host',
  expired: 'expiry',
  'from the future': 'issued',
  'offline inputs': 'inputs',
  'level too low': 'level',
  'bound to no target': 'target',
  // Of the run that it binds.
  'no scenario': 'no scenario is about host …',
  'not held': '… did not hold',
  refused: '… refused',
  skipped: '… left out',
  error: '… could not be checked',
  unfinished: '… not finished',
  'held only at a second try': 'held at a second try only: …',
  waiver: 'waived by the configuration: …',
  'run that ended badly': 'the run ended with …',
  'no machine': 'no machine of host … was looked at',
  'not a machine of the level': 'machine … was …: …',
  'other disk script': 'the disks of machine … were laid out by another script than the one that is bound: …',
  'no system seen': 'machine … did not say which system it is of',
  'other system': 'machine … was of another system than the one that is bound: …',
  // Of the flake.
  dirty: '…: no revision says what was judged',
  'input unlocked': 'the input … is not locked: it may be another one at any time',
  'does not evaluate now': 'system',
  'other revision': 'revision',
  'other tree': 'narHash of the flake',
  'lock changed': 'sha256 of flake.lock',
  'input unlocked now': 'unlocked inputs',
  'other fingerprint': 'fingerprint',
  'other derivation': 'derivation of the system',
  'other disk script now': 'derivation of the disk script',
  'other path of the disk script': 'disk script',
  'other boot loader': 'boot loader',
  'other disk': 'disk …',
  'layout that is gone, or new': 'disks',
  'other installer': 'tarball of the installer',
  'other features': 'file …',
  'other tags': 'tags of the configuration',
  'same path with other contents': 'contents of the …',
} as const

export type Reason = keyof typeof REASONS

type Filled<Words> = Words extends `${infer Before}…${infer After}` ? `${Before}${string}${Filled<After>}` : Words

/** Words by which a reason is told; of a target there are others. */
export type Told = Filled<(typeof REASONS)[Reason]>

export const when = (condition: boolean, said: Told): Told[] => (condition ? [said] : [])
