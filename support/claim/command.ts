import { tail } from '../core/text/text.ts'
import { matchingLines } from '../core/values/pattern.ts'
import { type Claim, claim } from '../expect/claim.ts'
import type { Expectation } from '../expect/expectation.ts'
import { HOLD } from '../expect/not.ts'
import type { CommandFacts } from '../probe/command.ts'
import { type Fact, known, whyUnknown } from '../probe/fact.ts'
import { matchesAs } from '../probe/files/pattern-in-bytes.ts'
import { isMarked, textIn } from '../probe/files/text-in-bytes.ts'
import { EXIT_CODE, wantedNumber } from './wanted-number.ts'
import { wantedPattern, wantedText } from './wanted-text.ts'

type Parts = Omit<Claim<CommandFacts>, 'seen' | 'state' | 'hold'>

/**
 * That a command did or said something: one that could not be started has not, and that is known. Of one that ends well although a program in
 * it is not there, as `! grpe x` does, nothing can be told.
 */
const did = (parts: Parts): Expectation<CommandFacts> =>
  claim({ unknown: whyInPart, ...parts, seen: said, state: exit })

/** That it did not: of one that was never run, or was killed, nothing can be told. @param waits whether it is run again and again */
const didNot = (parts: Parts, waits: boolean): Expectation<CommandFacts> =>
  claim({ unknown: whyNoAnswer, ...parts, seen: said, state: exit, ...(waits && { hold: HOLD }) })

export const succeeds: Expectation<CommandFacts> = did({
  wanted: 'exit code 0',
  missed: 'did not succeed',
  holds: ({ exitCode }) => exitCode === 0,
})

/**
 * One that was ordered and was killed has failed: that is what happens when memory runs out.
 * @param again it is run again and again to tell something: it "still" succeeded, must fail for a while, and tells nothing when killed
 */
export const fails = (again = false): Expectation<CommandFacts> =>
  didNot(
    {
      wanted: 'another exit code than 0',
      missed: again ? 'still succeeded' : 'succeeded',
      holds: ({ exitCode }) => exitCode !== 0,
      ...(again ? {} : { unknown: whyNotRun }),
    },
    again,
  )

export const exitsWith = (code: number): Expectation<CommandFacts> =>
  did({
    wanted: `exit code ${wantedNumber(code, EXIT_CODE)}`,
    missed: `did not exit with ${code}`,
    holds: ({ exitCode }) => exitCode === code,
  })

export type Stream = 'stdout' | 'stderr'
const TO: Readonly<Record<Stream, string>> = { stdout: '', stderr: ' to standard error' }

/** @throws UsageError for an empty text */
export function prints(text: string, stream: Stream = 'stdout'): Expectation<CommandFacts> {
  const wanted = `"${wantedText(text)}"${TO[stream]}`
  const has = printed(text, stream)
  return did({
    wanted,
    missed: `did not print ${wanted}`,
    unknown: facts => whyInPart(facts) ?? whyUnknown(has(facts)),
    holds: facts => known(has(facts)) === true,
  })
}

/** @throws UsageError for an empty text */
export function printsNot(text: string, stream: Stream = 'stdout', again = false): Expectation<CommandFacts> {
  const what = `"${wantedText(text)}"${TO[stream]}`
  const missed = `${again ? 'still printed' : 'printed'} ${what}`
  const has = printed(text, stream)
  return didNot(
    {
      wanted: `not ${what}`,
      missed,
      unknown: facts => whyNoAnswer(facts) ?? whyUnknown(has(facts)),
      holds: facts => known(has(facts)) === false,
    },
    again,
  )
}

const printed =
  (text: string, stream: Stream) =>
  ({ bytes, ...facts }: CommandFacts): Fact<boolean> =>
    textIn(bytes?.[stream] ?? Buffer.from(facts[stream]), text)

/** @throws UsageError for a pattern that every line matches */
export function printsLineMatching(pattern: RegExp, stream: Stream = 'stdout'): Expectation<CommandFacts> {
  const wanted = `a line matching ${wantedPattern(pattern).source}${TO[stream]}`
  const holds = (facts: CommandFacts): boolean => matchingLines(pattern, facts[stream].split('\n')).length > 0
  return did({
    wanted,
    missed: `did not print ${wanted}`,
    unknown: facts => whyInPart(facts) ?? (holds(facts) ? undefined : whyInDoubt(pattern, facts.bytes?.[stream])),
    holds,
  })
}

function whyInDoubt(pattern: RegExp, bytes: Buffer | undefined): string | undefined {
  const encoding = bytes && !isMarked(bytes) ? matchesAs(pattern, bytes) : undefined
  return encoding && `it is no UTF-8, and has such a line as ${encoding}, without saying so`
}

export const printsNothing: Expectation<CommandFacts> = didNot(
  { wanted: 'nothing', missed: 'printed something', holds: ({ stdout }) => stdout.trim() === '' },
  false,
)

/** What bash and dash say of a program in a script that they do not find. */
const NOT_FOUND = /^(?:\S*sh: )?(?:line )?(?:\d+: )?(\S+): (?:command )?not found$/m
const KILLED = 128 + 9

/** 126 and 127 are the shell's own word that it could not run the program (POSIX.1-2017, XCU 2.8.2), not an answer of it. */
function whyNotRun({ exitCode, stderr }: CommandFacts): string | undefined {
  const [line] = NOT_FOUND.exec(stderr) ?? []
  if (line !== undefined) return `it was not run: ${line}`
  const reason = stderr.trim().split('\n').at(-1) ?? ''
  return exitCode === 126 || exitCode === 127 ? `it was not run: ${reason || `exit code ${exitCode}`}` : undefined
}

/** In the words of a shell; a program may say `x: not found` of other things. */
const SHELL_FOUND_NONE = /^\S*sh: (?:line )?\d+: (\S+): (?:command )?not found$/m

function whyInPart({ exitCode, stderr }: CommandFacts): string | undefined {
  const [line] = (exitCode === 0 && SHELL_FOUND_NONE.exec(stderr)) || []
  return line === undefined ? undefined : `a part of it was not run: ${line}`
}

function whyNoAnswer(facts: CommandFacts): string | undefined {
  return whyNotRun(facts) ?? (facts.exitCode === KILLED ? 'it was killed (signal 9)' : undefined)
}

function exit({ exitCode }: CommandFacts): string {
  return `exit code ${exitCode}`
}

function said(facts: CommandFacts): string {
  const streams = [tail(facts.stdout, 10), facts.stderr.trim() && `standard error: ${tail(facts.stderr, 10)}`]
  return [exit(facts), ...streams].filter(Boolean).join('\n')
}
