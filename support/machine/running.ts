import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { ownerLives } from './owner.ts'
import { ownerOf, stateDirs } from './state-dir.ts'

const FILE = 'machine.json'

const runningMachine = z.object({
  name: z.string(),
  /** Id of the runner that owns it. */
  runner: z.number(),
  /** Where its sshd can be reached from the runner. */
  ssh: z.object({ host: z.string(), port: z.number(), identity: z.string().optional() }),
  transcriptFile: z.string(),
})

/** What another program on this computer needs to know to enter a machine of a run that goes on. */
export type RunningMachine = z.infer<typeof runningMachine>

/** Written into the state directory of the machine; it goes with it. */
export const publish = (stateDir: string, machine: RunningMachine): void =>
  writeFileSync(join(stateDir, FILE), `${JSON.stringify(machine)}\n`, { mode: 0o600 })

/** The machines of this user's runs that are alive. */
export const runningMachines = (root?: string): RunningMachine[] =>
  stateDirs(root)
    .filter(path => ownerLives(ownerOf(path)))
    .flatMap(path => readdirSync(path).map(name => join(path, name, FILE)))
    .flatMap(read)

function read(file: string): RunningMachine[] {
  try {
    return [runningMachine.parse(JSON.parse(readFileSync(file, 'utf8')))]
  } catch {
    // Still booting, or going away just now.
    return []
  }
}
