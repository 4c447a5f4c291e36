import { tail } from '../core/text.ts'
import { claim } from '../expect/claim.ts'
import type { Expectation } from '../expect/expectation.ts'
import type { CommandFacts } from '../probe/command.ts'

export const succeeds: Expectation<CommandFacts> = claim({
  wanted: 'exit code 0',
  missed: 'did not succeed',
  holds: ({ exitCode }) => exitCode === 0,
  seen: said,
  state: exit,
})

export const exitsWith = (code: number): Expectation<CommandFacts> =>
  claim({
    wanted: `exit code ${code}`,
    missed: `did not exit with ${code}`,
    holds: ({ exitCode }) => exitCode === code,
    seen: said,
    state: exit,
  })

export type Stream = 'stdout' | 'stderr'
const TO: Readonly<Record<Stream, string>> = { stdout: '', stderr: ' to standard error' }

export const prints = (text: string, stream: Stream = 'stdout'): Expectation<CommandFacts> =>
  claim({
    wanted: `"${text}"${TO[stream]}`,
    missed: `did not print "${text}"${TO[stream]}`,
    holds: facts => facts[stream].includes(text),
    seen: said,
    state: exit,
  })

export const printsLineMatching = (pattern: RegExp, stream: Stream = 'stdout'): Expectation<CommandFacts> =>
  claim({
    wanted: `a line matching ${pattern.source}${TO[stream]}`,
    missed: `did not print a line matching ${pattern.source}${TO[stream]}`,
    holds: facts => facts[stream].split('\n').some(line => pattern.test(line)),
    seen: said,
    state: exit,
  })

export const printsNothing: Expectation<CommandFacts> = claim({
  wanted: 'nothing',
  missed: 'printed something',
  holds: ({ stdout }) => stdout.trim() === '',
  seen: said,
  state: exit,
})

function exit({ exitCode }: CommandFacts): string {
  return `exit code ${exitCode}`
}

function said(facts: CommandFacts): string {
  const streams = [tail(facts.stdout, 10), facts.stderr.trim() && `standard error: ${tail(facts.stderr, 10)}`]
  return [exit(facts), ...streams].filter(Boolean).join('\n')
}
