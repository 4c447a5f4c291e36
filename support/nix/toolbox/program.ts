import { execa } from 'execa'
import { EnvironmentBroken } from '../../core/errors.ts'
import { rows, tail } from '../../core/text/text.ts'

export interface ProgramOptions {
  /** What fails when this fails, for the message: `The toolbox could not be unpacked`. */
  readonly failure: string
  readonly next?: string
  readonly cwd?: string
  /** Called with each line of standard output as it comes. */
  readonly onLine?: (line: string) => void
}

/**
 * Runs a program of the host that must succeed; gives its standard output.
 * The program dies with this process, even when that is killed: half-done work must not go on behind a lock that is free again.
 */
export async function program(argv: readonly [string, ...string[]], options: ProgramOptions): Promise<string> {
  const running = execa('setpriv', ['--pdeathsig', 'KILL', '--', ...argv], {
    env: { LC_ALL: 'C' },
    ...(options.cwd ? { cwd: options.cwd } : {}),
    stdin: 'ignore',
    reject: false,
    maxBuffer: 64 * 1024 * 1024,
  })
  if (options.onLine) for await (const line of running) options.onLine(line)
  const { exitCode, stdout, stderr, shortMessage } = await running
  if (exitCode === 0) return stdout
  throw new EnvironmentBroken(
    `${options.failure}\n${rows({
      Command: tail(argv.slice(0, 4).join(' '), 1),
      Reason: outOfSpace(stderr) ? 'the disk is full' : tail(stderr || (shortMessage ?? 'it did not start'), 8),
      Next: outOfSpace(stderr) ? 'make room, or point XDG_CACHE_HOME to a larger disk' : options.next,
    })}`.trimEnd(),
  )
}

const outOfSpace = (text: string): boolean =>
  /No space left on device|ENOSPC|You don't have enough free space/.test(text)
