/** Runs with a guest that boots at once, and the processes of their machines. For all tests of the file that imports it. */
import { join } from 'node:path'
import { after, before } from 'node:test'
import { processesOf } from '../../machine/testing/processes.ts'
import { type TinyGuest, tinyGuest } from '../../machine/testing/tiny-guest.ts'
import type { Project, Started } from './started.ts'

let guest: TinyGuest
before(async () => {
  guest = await tinyGuest()
})
after(() => guest[Symbol.asyncDispose]())

export const run = (project: Project, ...words: string[]): Started =>
  project.start(['run', '--offline', '--machine', `tiny=image:${guest.folder}`, ...words])

/** Ids of the processes of a run's machines, by its state directory. */
export const processesOfTries = (state: string): number[] =>
  [1, 2, 3].flatMap(machine => [1, 2].flatMap(attempt => processesOf(join(state, `m${machine}/try${attempt}`))))
