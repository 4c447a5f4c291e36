/** The passphrase of a disk that is laid out for an occasion. It keeps nothing, and is no secret. */
import { type Command, sh } from '../../core/command.ts'
import type { InstalledPlan } from '../machine.ts'
import type { PromptAnswer } from '../prompt-answer.ts'

/** Letters that every keyboard's layout has in one place. */
const PASSPHRASE = 'nixcumber'
/** disko asks twice for a new one, and may ask again to open it. */
const TIMES = 3

/** Puts it into the files that the disk script reads. */
export const writeKeys = ({ luks: { files } }: InstalledPlan): Command => sh`for file in ${files}; do
  mkdir -p "$(dirname "$file")"
  printf %s ${PASSPHRASE} >"$file"
done`

/** The standard input of the disk script: what is typed when it asks, and nothing where it does not. */
export const typedPassphrases = ({ luks: { typed } }: InstalledPlan): Command =>
  sh`for _ in ${Array.from({ length: typed * TIMES }, (_, i) => String(i))}; do echo ${PASSPHRASE}; done`

/** What is typed at the console of the host, at each of its boots. */
export const passphraseAnswers = ({ luks: { prompts } }: InstalledPlan): PromptAnswer[] =>
  prompts.map(prompt => ({ prompt, typed: `${PASSPHRASE}\r` }))
