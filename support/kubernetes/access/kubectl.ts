/** Questions for which kubectl must first ask what the server can do: among the further commands of a question to the API. */
import { type Command, sh } from '../../core/command.ts'
import type { Duration } from '../../core/time/duration.ts'
import { inSeconds } from '../../probe/patience.ts'

/** A plain kubectl keeps what the server can do in the home folder (kubectl(1), `--cache-dir`); below this nothing can be kept. */
const NO_CACHE = '--cache-dir=/dev/null/kube'

/** One call of kubectl, that writes nothing and asks for nothing. */
export const kubectl = (look: Duration | undefined, ...words: readonly string[]): Command =>
  sh`${kubectlFed(look, ...words)} </dev/null`

/** The same, of what it is given on standard input. */
export const kubectlFed = (look: Duration | undefined, ...words: readonly string[]): Command =>
  sh`told ${[...words, NO_CACHE, timeout(look)]}`

/** The same without a word on standard output of why it failed. */
export const kubeTo = (look: Duration | undefined, ...words: readonly string[]): Command =>
  sh`kube ${[...words, NO_CACHE, timeout(look)]}`

/** kubectl waits for ever unless it is told: as long as a look, as a server that answers does so sooner. */
const timeout = (look: Duration | undefined): string =>
  `--request-timeout=${look === undefined ? 10 : Math.max(1, Math.floor(inSeconds(look) - 1))}s`
