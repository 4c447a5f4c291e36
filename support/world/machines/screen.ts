import type { Printed } from '../../claim/console.ts'
import type { Console } from '../../console/console.ts'
import { readable } from '../../console/readable.ts'
import { terminalScreen } from '../../console/terminal-screen.ts'
import { NotSupported } from '../../core/errors.ts'
import type { Observation } from '../../expect/expectation.ts'
import type { Machine } from '../../machine/machine.ts'

/** What a machine has printed on its console, and what stands there now, since it was last started. @throws NotSupported for machines without one */
export function printed(machine: Machine): Observation<Printed> {
  const console = consoleOf(machine)
  return {
    subject: `the console of ${machine.name}`,
    look: async () => {
      const sent = console.since(machine.bootedAt)
      return {
        text: readable(sent),
        screen: await terminalScreen(sent),
        over: (await machine.state()) !== 'running',
        isPart: console.keptFrom > machine.bootedAt,
      }
    },
    evidence: async () => ({ where: `console: ${console.transcriptFile}` }),
  }
}

/** @throws NotSupported for machines without one */
export function consoleOf({ name, console }: Machine): Console {
  if (console) return console
  throw new NotSupported(`The console of "${name}" cannot be seen: it is reached over ssh only`)
}
