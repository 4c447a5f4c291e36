import {
  exitsWith,
  fails,
  prints,
  printsLineMatching,
  printsNot,
  printsNothing,
  type Stream,
  succeeds,
} from '../support/claim/command.ts'
import { UsageError } from '../support/core/errors.ts'
import { refuse } from '../support/core/refusal.ts'
import { scale, seconds } from '../support/core/time/duration.ts'
import type { Expectation } from '../support/expect/expectation.ts'
import { type CommandFacts, command } from '../support/probe/command.ts'
import { runsCommand } from '../support/world/effect.ts'
import { rememberBoot } from '../support/world/machines/boot-state.ts'
import { Then, When } from '../support/world/words/sentence.ts'
import type { StepSuffix } from '../support/world/words/step-suffix.ts'
import type { NixWorld } from '../support/world/world.ts'

When(
  'I run {string}{tail}',
  runsCommand(async function (this: NixWorld, script: string, tail: StepSuffix) {
    await run(this, script, tail)
  }),
)

When(
  'I run the read-only command {string}{tail}',
  // The word binds its author, not the machine: the text is judged all the same.
  runsCommand(async function (this: NixWorld, script: string, tail: StepSuffix) {
    await run(this, script, tail)
  }),
)

When(
  'I run{tail}:',
  runsCommand(async function (this: NixWorld, tail: StepSuffix, script: string) {
    await run(this, script, tail)
  }),
)

Then('it succeeds', async function () {
  await said(this, succeeds)
})

Then('it fails', async function () {
  await said(this, fails())
})

Then('it exits with {int}', async function (code: number) {
  await said(this, exitsWith(code))
})

Then('it prints {string}{stream}', async function (text: string, stream: Stream) {
  await said(this, prints(text, stream))
})

Then('it does not print {string}{stream}', async function (text: string, stream: Stream) {
  await said(this, printsNot(text, stream))
})

Then('it prints a line matching {pattern}{stream}', async function (pattern: RegExp, stream: Stream) {
  await said(this, printsLineMatching(pattern, stream))
})

Then('it prints nothing', async function () {
  await said(this, printsNothing)
})

Then(
  'the command {string} succeeds{tail}',
  runsCommand(async function (this: NixWorld, script: string, tail: StepSuffix) {
    await ask(this, script, succeeds, tail)
  }),
)

Then(
  'the command {string} fails{tail}',
  runsCommand(async function (this: NixWorld, script: string, tail: StepSuffix) {
    await ask(this, script, fails(true), tail)
  }),
)

Then(
  'the command {string} exits with {int}{tail}',
  runsCommand(async function (this: NixWorld, script: string, code: number, tail: StepSuffix) {
    await ask(this, script, exitsWith(code), tail)
  }),
)

Then(
  'the command {string} prints {string}{tail}',
  runsCommand(async function (this: NixWorld, script: string, text: string, tail: StepSuffix) {
    await ask(this, script, prints(text), tail)
  }),
)

Then(
  'the command {string} does not print {string}{tail}',
  runsCommand(async function (this: NixWorld, script: string, text: string, tail: StepSuffix) {
    await ask(this, script, printsNot(text, 'stdout', true), tail)
  }),
)

interface Ran {
  readonly subject: string
  readonly facts: CommandFacts
}

async function ask(
  world: NixWorld,
  script: string,
  wanted: Expectation<CommandFacts>,
  tail: StepSuffix,
): Promise<void> {
  commandText(script)
  await world.see(command, script, wanted, tail)
}

/** What the newest "I run" of each scenario said; nothing yet while it is only rehearsed. */
const ran = new WeakMap<NixWorld, Ran | undefined>()
const BOUND = seconds(60)

/** Runs once; `within` is how long it may take. Whatever it says is kept: the next sentence judges it. */
async function run(world: NixWorld, script: string, { machine: name, within }: StepSuffix): Promise<void> {
  commandText(script)
  ran.set(world, undefined)
  const machine = await world.machine(name)
  const attempt = within ?? scale(BOUND, machine.slowness)
  if (world.effect !== 'reads') await rememberBoot(world, machine)
  const shell = await world.shell(machine)
  const result = await shell.run(command.command(script), { attempt })
  ran.set(world, { subject: `"${script}" on ${machine.name}`, facts: command.parse(result, script) })
}

/** @throws UsageError for blanks and comments alone: a shell does nothing then, and says that it succeeded */
function commandText(script: string): void {
  if (script.split('\n').every(line => /^\s*(#|$)/.test(line)))
    throw refuse({ what: 'There is no command in this sentence', expected: 'a command', got: script })
}

async function said(world: NixWorld, expectation: Expectation<CommandFacts>): Promise<void> {
  if (!ran.has(world))
    throw new UsageError('Nothing was run before this sentence\n\n  Next       begin with: When I run "COMMAND"')
  const { subject = '', facts } = ran.get(world) ?? {}
  await world.once({ subject, look: async () => facts ?? neverRan() }, expectation)
}

function neverRan(): never {
  throw new Error('A command that was not run is judged')
}
