/** When the last backup of a target was made, as its owner has declared that it can be told. */
import { stat } from 'node:fs/promises'
import { sh } from '../../core/command.ts'
import { NixcumberError } from '../../core/errors.ts'
import { type Duration, seconds } from '../../core/time/duration.ts'
import { newestSnapshot } from '../../hcloud/snapshots.ts'
import type { Fact } from '../../probe/fact.ts'
import { LocalShell } from '../../shell/local.ts'
import type { DeclaredBackup } from '../settings.ts'

/** A command may ask a server. */
const COMMAND = seconds(60)

interface Surroundings {
  readonly folder: string
  readonly note: (text: string) => void
  /** Left out: a minute. */
  readonly bound?: Duration
}

/** Undefined inside: there is none. @throws what the Hetzner Cloud's client throws */
export async function lastBackup(
  declared: DeclaredBackup,
  { folder, note, bound = COMMAND }: Surroundings,
): Promise<Fact<Date | undefined>> {
  if ('hcloud' in declared) return { is: await newestSnapshot(declared.hcloud, { env: process.env, waiting: note }) }
  return 'file' in declared ? ageOfFile(declared.file) : askCommand(declared.command, folder, bound)
}

async function ageOfFile(file: string): Promise<Fact<Date | undefined>> {
  try {
    const { mtime, size } = await stat(file)
    return size === 0 ? { unknown: `${file} is empty` } : { is: mtime }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { is: undefined }
    return { unknown: error instanceof Error ? error.message : String(error) }
  }
}

/** The user's own shell text, on purpose not quoted. It is ended with all that it has started. */
async function askCommand(command: string, cwd: string, bound: Duration): Promise<Fact<Date | undefined>> {
  await using shell = new LocalShell()
  try {
    const script = sh`cd ${cwd} || exit; exec sh -c ${command} </dev/null`
    const { stdout, exitCode, stderr } = await shell.run(script, { attempt: bound })
    return answered(stdout.toString(), exitCode, stderr.toString())
  } catch (error) {
    if (!(error instanceof NixcumberError)) throw error
    return { unknown: `the command of target.backup did not end as it should: ${error.message.split('\n')[0]}` }
  }
}

function answered(stdout: string, exitCode: number, stderr: string): Fact<Date> {
  if (exitCode !== 0)
    return { unknown: `the command of target.backup ended with ${exitCode}: ${stderr.split('\n')[0] ?? ''}` }
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
