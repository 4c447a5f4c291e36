import { type Command, type CommandResult, sh } from '../core/command.ts'
import { toolMissing, UnreadableAnswer } from './unreadable-answer.ts'

/** What one command of `inSections` printed, in full, and how it ended. */
export interface Answer {
  /** 126 and 127: the shell could not start the program (POSIX.1-2017, XCU 2.8.2); above 128: a signal ended it. */
  readonly code: number
  /** Without the newlines at its end, which `$(…)` drops. */
  readonly bytes: Buffer
  readonly text: string
}

/**
 * Several commands in one round trip, each in a subshell and the C locale. Each answer is announced by its exit code and its length in
 * bytes, so that no output, whatever its bytes, can pass for another's.
 */
export const inSections = (...commands: readonly Command[]): Command => ({
  script: [C_LOCALE, ...commands.map(({ script }) => `said=$(\n${script}\n); ${ANNOUNCE}`)].join('\n'),
})

/** Tools speak English, sort by bytes and know no multibyte characters; `${#said}` counts bytes. */
export const C_LOCALE = 'export LC_ALL=C'
const ANNOUNCE = `printf '%s %s\\n%s\\n' "$?" "\${#said}" "$said"`

/** A section of any bytes, NUL among them, which a shell's variable cannot hold: to be read by `decoded`. */
export const encoded = (command: Command): Command => sh`set -o pipefail; {
${command}
} | base64 -w 0`

export const decoded = ({ text }: Answer): Buffer => Buffer.from(text, 'base64')

const HEADER = /^(\d{1,3}) (\d{1,9})\n/
const LONGEST_HEADER = 14
const LF = 0x0a

/**
 * The answers of `inSections`, in the same order.
 * @throws UnreadableAnswer unless all of them are there in full: the command was ended midway, or something else printed
 */
export function answers(result: CommandResult, what: string, count: number): Answer[] {
  const { stdout, stderr, exitCode } = result
  const found = announced(stdout)
  const length = found.reduce((sum, { bytes, header }) => sum + header + bytes.length + 1, 0)
  // bash leaves NUL bytes out of `$(…)` and says so: what is left is not what was printed
  const maimed = stderr.includes('ignored null byte')
  if (exitCode !== 0 || found.length !== count || length !== stdout.length || maimed)
    throw new UnreadableAnswer(what, result)
  return found
}

/** Those that are there in full, up to the first that is not: `CODE LENGTH`, a newline, so many bytes, a newline. */
export function announced(said: Buffer): (Answer & { readonly header: number })[] {
  const found: (Answer & { readonly header: number })[] = []
  for (let at = 0; ; ) {
    const head = HEADER.exec(said.toString('latin1', at, at + LONGEST_HEADER))
    const header = head?.[0].length ?? 0
    const end = at + header + Number(head?.[2])
    if (!head || said[end] !== LF) return found
    const bytes = said.subarray(at + header, end)
    found.push({ code: Number(head[1]), bytes, text: bytes.toString(), header })
    at = end + 1
  }
}

/**
 * The text of an answer whose command had to succeed.
 * @throws UnreadableAnswer with the tool's own words
 * @throws EnvironmentBroken when the tool is not there, or may not be run
 */
export function succeeded(answer: Answer | undefined, what: string, result: CommandResult): string {
  if (answer?.code === 0) return answer.text
  if (answer && isMissing(answer)) throw toolMissing(what, result)
  throw new UnreadableAnswer(what, { ...result, exitCode: answer?.code ?? result.exitCode })
}

/** Whether the shell could not start the program. */
export const isMissing = ({ code }: Pick<Answer, 'code'>): boolean => code === 126 || code === 127

/** The lines that are not empty. */
export const lines = (text = ''): string[] => text.split('\n').filter(line => line !== '')
