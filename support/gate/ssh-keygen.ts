/** ssh-keygen(1), bounded in time and bytes; OpenSSH 8.9 and newer sign and verify files. */
import { execa } from 'execa'
import { EnvironmentBroken } from '../core/errors.ts'
import { minutes } from '../core/time/duration.ts'

export interface Answer {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

const MOST_BYTES = 1_000_000
/** A key in hardware wants to be touched. */
const BOUND = minutes(2)

/** @throws EnvironmentBroken when there is none, or it gives no answer in time */
export async function sshKeygen(
  args: readonly string[],
  { input = '', asks = false }: { input?: string; asks?: boolean },
): Promise<Answer> {
  const { exitCode, stdout, stderr, timedOut, shortMessage } = await execa('ssh-keygen', args, {
    input,
    reject: false,
    timeout: BOUND.ms,
    maxBuffer: MOST_BYTES,
    stripFinalNewline: false,
    env: { LC_ALL: 'C' },
    // Without a terminal it cannot wait for a passphrase, of which no run would know.
    detached: !asks,
  })
  if (exitCode !== undefined) return { exitCode, stdout, stderr }
  const why = timedOut ? `no answer within ${BOUND.ms / 60_000} minutes` : (shortMessage ?? 'it was killed')
  throw new EnvironmentBroken(`ssh-keygen does not do its work here: ${why}`)
}
