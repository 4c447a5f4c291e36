/** From the command line's words to an exit code. Whatever goes wrong is said here, once. */
import { join } from 'node:path'
import { styleText } from 'node:util'
import { Command, CommanderError, Option } from 'commander'
import { NixcumberError, NotSupported } from '../core/errors.ts'
import { refuse } from '../core/refusal.ts'
import { version } from '../core/version.ts'
import { endWith } from '../runner/exit-guard.ts'
import type { OptionRecord } from './options.ts'
import { COMMANDS, type CommandRecord, type Given } from './registry.ts'
import { checkTemporaryFolder } from './temporary-folder.ts'

const PLANNED = '(not built yet)'
const READ_ON = `
Exit codes: 0 all held; 1 an expectation was not met; 2 usage or refused input, unknown steps, nothing to run;
            3 could not check; 130 stopped by Ctrl-C (143 by SIGTERM)

Documentation: ${join(import.meta.dirname, '../../docs')}`

export async function main(words: readonly string[]): Promise<void> {
  let exitCode = 0
  endWithReader()
  try {
    exitCode = await execute(words)
  } catch (error) {
    exitCode = explain(error)
  }
  // Not only process.exitCode: a forgotten connection must not keep a finished run alive.
  endWith(exitCode)
}

/** The reader of our output is gone (`| head`): nothing can be told any more, and machines end with us. 141 is SIGPIPE's code. */
function endWithReader(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(141)
    throw error
  })
}

async function execute(words: readonly string[]): Promise<number> {
  let exitCode = 0
  const program = commandLine(async (name, given) => {
    checkTemporaryFolder(name)
    exitCode = (await COMMANDS[name]?.run(given)) ?? exitCode
  })
  try {
    await program.parseAsync(words.length === 0 ? ['--help'] : [...words], { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    if (error.exitCode !== 0) throw refuseWords(error, words)
  }
  return exitCode
}

/** @param call is told which command was named, and with what, when all of it could be read */
export function commandLine(call: (name: string, given: Given) => Promise<void>): Command {
  const program = new Command('nixcumber')
    .description('Acceptance tests for NixOS machines, in Gherkin.')
    .version(version(), '--version', 'say the version')
    .helpOption('-h, --help', 'say this')
    .helpCommand(false)
    .addHelpText('after', READ_ON)
    .exitOverride()
    .configureOutput({ writeErr: () => {} })
  for (const [name, record] of Object.entries(COMMANDS))
    program.addCommand(subcommand(name, record, given => call(name, given)))
  return program
}

function subcommand(name: string, record: CommandRecord, called: (given: Given) => Promise<void>): Command {
  const command = new Command(name)
    .usage(`[options] ${record.usage}`.replace(record.options.length === 0 ? '[options] ' : '', ''))
    .description(record.help)
    .helpOption('-h, --help', 'say this')
    .exitOverride()
    .configureOutput({ writeErr: () => {} })
  if (record.usage) command.arguments(record.usage)
  for (const option of record.options) {
    command.addOption(commanderOption(option))
    if (option.planned)
      command.on(`option:${longName(option).slice(2)}`, () => {
        throw new NotSupported(`${longName(option)} is not built yet`)
      })
  }
  return command.action(() => called({ words: command.args, options: command.opts() }))
}

const longName = ({ flags }: OptionRecord): string => flags.split(' ')[0] ?? flags

function commanderOption({ flags, help, many, parse, planned }: OptionRecord): Option {
  const option = new Option(flags, planned ? `${help} ${PLANNED}` : help)
  const value = (text: string): unknown => (parse ? parse(text) : text)
  if (many) return option.argParser((text: string, before: unknown[] = []) => [...before, value(text)])
  return parse ? option.argParser(value) : option
}

/** commander's own complaint in our shape, with the nearest word. */
function refuseWords(error: CommanderError, words: readonly string[]): NixcumberError {
  const got = /'([^']+)'/.exec(error.message)?.[1]?.split(' ')[0]
  const command = words.find(word => word in COMMANDS)
  const record = COMMANDS[command ?? '']
  if (error.code === 'commander.unknownOption') {
    const known = (record?.options ?? []).map(longName)
    const help = command ? `nixcumber ${command} --help` : 'nixcumber --help'
    return refuse({ what: `Unknown option ${got}`, got: got ?? '', known: ['--help', ...known], next: help })
  }
  if (error.code === 'commander.unknownCommand' || (error.code === 'commander.excessArguments' && !record))
    return refuse({
      what: `Unknown command "${got ?? words[0]}"`,
      got: got ?? words[0] ?? '',
      known: Object.keys(COMMANDS),
    })
  return refuse({
    what: capital(error.message.replace(/^error: /, '')),
    next: command ? `nixcumber ${command} --help` : 'nixcumber --help',
  })
}

/** No stack trace for what the user or the surroundings did; always one for our own mistake. */
function explain(error: unknown): number {
  if (error instanceof NixcumberError) {
    console.error(error.message.replace(/^.*/, line => styleText('red', line)))
    return error.exitCode
  }
  console.error('nixcumber has made a mistake; this is not your configuration\n')
  console.error(error)
  return 3
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
