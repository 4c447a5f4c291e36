/** The command that runs one scenario again, on the same machines in the same way. */
import { join, relative } from 'node:path'
import type { RunOptions } from '../config/run-settings.ts'
import { quote } from '../core/command.ts'
import type { Rerun } from './pause.ts'

/** @param options as given on the command line: what the configuration says, it says again */
export function rerunCommand(
  { flake, offline, over, machine = [], inventory = [], allow = [] }: RunOptions,
  { projectDir, from }: { readonly projectDir: string; readonly from: string },
): Rerun {
  const given = [
    ...(flake === undefined ? [] : ['--flake', flake]),
    ...(offline ? ['--offline'] : []),
    ...(over === undefined ? [] : ['--over', over]),
    ...machine.flatMap(each => ['--machine', each]),
    ...inventory.flatMap(each => ['--inventory', each]),
    ...allow.flatMap(each => ['--allow', each]),
  ]
  return (uri, line) => {
    const place = `${relative(from, join(projectDir, uri))}${line === undefined ? '' : `:${line}`}`
    return ['nixcumber', 'run', ...given, '--pause-on-failure', place].map(quote).join(' ')
  }
}
