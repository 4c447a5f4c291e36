import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { isProcessAlive } from '../../core/files/process-identity.ts'
import { ownerOf, runtimeDirs } from './runtime-dir.ts'

const FILE = 'machine.json'

const runningMachine = z.object({
  name: z.string(),
  /** Id of the runner that owns it. */
  runner: z.number(),
  /** Where that runner was started. */
  folder: z.string(),
  /** Where its sshd can be reached from the runner, and root's key; absent when it has none or refuses root. */
  ssh: z.object({ host: z.string(), port: z.number(), identity: z.string() }).optional(),
  /** Socket of the bridge to its console. */
  console: z.string(),
  transcriptFile: z.string(),
  /** When it was ready, in milliseconds since 1970. */
  since: z.number(),
})

/** What another program on this computer needs to know to enter a machine of a run that goes on. */
export type RunningMachine = z.infer<typeof runningMachine>

/** Written into the state directory of the machine; it goes with it. */
export const publish = (runtimeDir: string, machine: RunningMachine): void =>
  writeFileSync(join(runtimeDir, FILE), `${JSON.stringify(machine)}\n`, { mode: 0o600 })

/** The machines of this user's runs that are alive, the newest last. */
export const runningMachines = (root?: string): RunningMachine[] =>
  runtimeDirs(...(root === undefined ? [] : [root]))
    .filter(path => isProcessAlive(ownerOf(path)))
    .flatMap(path => readdirSync(path).map(name => join(path, name, FILE)))
    .flatMap(read)
    .sort((a, b) => a.since - b.since)

function read(file: string): RunningMachine[] {
  try {
    return [runningMachine.parse(JSON.parse(readFileSync(file, 'utf8')))]
  } catch {
    // Still booting, or going away just now.
    return []
  }
}
