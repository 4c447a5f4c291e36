import { UsageError } from './errors.ts'

/** Something to run in a POSIX shell. `script` is complete shell text in which every value has been quoted. */
export interface Command {
  readonly script: string
  /** Needs what the kernel's net around the shell of a live host keeps back: the mounts as they are, devices, other processes' open files. */
  readonly unconfined?: true
  /** Another shell would read it in another way, and maybe change something by it. */
  readonly needsBash?: true
  /** What it says on standard error, or some of it, is thrown away or sent into a pipe. */
  readonly hides?: Hidden
}

export interface Hidden {
  /** The same look with nothing of it hidden; left out where that cannot be written. */
  readonly shown?: string
}

/** Who may have refused something to a command, which says nothing of the machine then: the kernel's net, or the rights of a user who is not root. */
export type Restraint = 'net' | 'user'

/** What a command said. An exit code other than 0 is a result, not an error. */
export interface CommandResult {
  readonly exitCode: number
  readonly stdout: Buffer
  readonly stderr: Buffer
  /** It ran under a restraint, and said on standard error what that may have caused, the first line of it, or may have said so unheard. Exit code 0 proves nothing then. */
  readonly hindered?: { readonly by: Restraint; readonly line: string }
}

/** Quotes a value for a POSIX shell (POSIX.1-2017, XCU 2.2.2): single quotes keep everything but NUL. */
export function quote(value: string): string {
  if (value.includes('\0')) throw new UsageError('A NUL byte cannot be passed to a command')
  return /^[\w@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`
}

/** A program and its arguments, nothing interpreted. */
export const argv = (...words: readonly string[]): Command => ({ script: words.map(quote).join(' ') })

/** Shell text with quoted holes: sh`systemctl show ${unit}`. An array becomes several words, a Command is put in as it is. */
export function sh(
  parts: TemplateStringsArray,
  ...holes: readonly (string | number | readonly string[] | Command)[]
): Command {
  const script = parts.reduce((text, part, i) => text + part + (i < holes.length ? hole(holes[i]) : ''), '')
  return { script }
}

/** The same beside the kernel's net; its text must be nixcumber's own, or known to only look. */
export const unconfined = (command: Command): Command => ({ ...command, unconfined: true })

/** What the user wrote to be run by a shell ("When I run …"): their text, on purpose not quoted. */
export const userScript = (text: string): Command => ({ script: text })

function hole(value: string | number | readonly string[] | Command | undefined): string {
  if (value === undefined) return ''
  if (typeof value === 'number') return String(value)
  if (typeof value === 'string') return quote(value)
  if ('script' in value) return value.script
  return value.map(quote).join(' ')
}
