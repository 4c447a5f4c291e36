/** When the last backup of a target was made, as its owner has declared that it can be told. */
import { stat } from 'node:fs/promises'
import { execa } from 'execa'
import { seconds } from '../../core/time/duration.ts'
import { newestSnapshot } from '../../hcloud/snapshots.ts'
import type { Fact } from '../../probe/fact.ts'
import type { DeclaredBackup } from '../settings.ts'

/** A command may ask a server. */
const COMMAND = seconds(60)
const LONGEST_ANSWER = 64 * 1024

interface Surroundings {
  readonly folder: string
  readonly note: (text: string) => void
}

/** Undefined inside: there is none. @throws what the Hetzner Cloud's client throws */
export async function lastBackup(
  declared: DeclaredBackup,
  { folder, note }: Surroundings,
): Promise<Fact<Date | undefined>> {
  if ('hcloud' in declared) return { is: await newestSnapshot(declared.hcloud, { env: process.env, waiting: note }) }
  return 'file' in declared ? ageOfFile(declared.file) : askCommand(declared.command, folder)
}

async function ageOfFile(file: string): Promise<Fact<Date | undefined>> {
  try {
    return { is: (await stat(file)).mtime }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { is: undefined }
    return { unknown: error instanceof Error ? error.message : String(error) }
  }
}

/** The user's own shell text, on purpose not quoted. */
async function askCommand(command: string, cwd: string): Promise<Fact<Date | undefined>> {
  const { stdout, exitCode, stderr, timedOut } = await execa('sh', ['-c', command], {
    ...{ cwd, reject: false, stdin: 'ignore', timeout: COMMAND.ms, maxBuffer: LONGEST_ANSWER },
  })
  if (timedOut) return { unknown: 'the command of target.backup did not end in time' }
  if (exitCode !== 0)
    return {
      unknown: `the command of target.backup ended with ${exitCode ?? 'a signal'}: ${stderr.split('\n')[0] ?? ''}`,
    }
  const time = readTime(stdout.trim())
  return time === undefined
    ? { unknown: `the command of target.backup printed no time: ${stdout.slice(0, 80)}` }
    : { is: time }
}

/** Seconds since 1970, or what ISO 8601 says with its zone. */
function readTime(text: string): Date | undefined {
  if (/^\d{9,11}$/.test(text)) return new Date(Number(text) * 1000)
  const isTime = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)$/.test(text)
  const time = isTime ? Date.parse(text.replace(' ', 'T')) : Number.NaN
  return Number.isNaN(time) ? undefined : new Date(time)
}
