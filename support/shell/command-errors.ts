import type { Command } from '../core/command.ts'
import { CommandCutOff, ConnectionLost, EnvironmentBroken } from '../core/errors.ts'
import { rows, tail } from '../core/text/text.ts'
import { type Duration, formatDuration } from '../core/time/duration.ts'

/** The words of everything that can go wrong with a command; every shell says it alike. */

export function commandCutOff(command: Command, bound: Duration, printed?: Buffer): CommandCutOff {
  return new CommandCutOff(
    `The command did not end within ${formatDuration(bound)} and was cut off\n${rows({
      Command: brief(command),
      Printed: printed === undefined ? undefined : tail(printed.toString(), 10),
    })}`.trimEnd(),
  )
}

export function connectionLost(reason: string, command?: Command): ConnectionLost {
  return new ConnectionLost(
    `The connection to the machine was lost\n${rows({ Reason: reason, Command: command && brief(command) })}`.trimEnd(),
  )
}

export function flooded(command: Command, megabytes: number): EnvironmentBroken {
  return new EnvironmentBroken(
    `The command printed more than ${megabytes} MB\n${rows({
      Command: brief(command),
      Next: 'let it print less (head, grep), or write to a file in the machine and look at that',
    })}`.trimEnd(),
  )
}

export function maimed(command: Command): EnvironmentBroken {
  return new EnvironmentBroken(
    `What the command printed could not be taken over whole\n${rows({
      Command: brief(command),
      Next: 'see whether cat(1) is there and works in the machine, and whether /dev/shm or /tmp has room',
    })}`.trimEnd(),
  )
}

export function bashNeeded(command: Command): EnvironmentBroken {
  return new EnvironmentBroken(
    `The command was not sent: it is written for bash, and the machine has none\n${rows({
      Command: brief(command),
      Why: 'what only looks in bash may write files or run something else in another shell',
      Next: 'write it for every shell: [ … ] in place of [[ … ]] and (( … ))',
    })}`.trimEnd(),
  )
}

function brief({ script }: Command): string {
  const [first = '', ...more] = script.trim().split('\n')
  const shown = first.length > 200 ? `${first.slice(0, 200)}…` : first
  return more.length === 0 ? shown : `${shown} … (${more.length + 1} lines)`
}
