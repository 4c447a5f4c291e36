/** Jobs side by side. Each job's output is shown whole when it has ended, so that none is read in pieces of several. */
import { cpus } from 'node:os'
import type { Counts } from './events.ts'

export interface Job {
  readonly title: string
  run(): Promise<Counts & { readonly output: string }>
}

/** The job, which begins its work when what it needs is there. */
export const after = (needs: Promise<unknown>, job: Job): Job => ({ ...job, run: () => needs.then(() => job.run()) })

/** Runs so many jobs at once; one that has ended makes room for the next in the list. */
export async function runLanes(lanes: number, jobs: readonly Job[], tell = console.log): Promise<Counts> {
  const start = performance.now()
  const waiting = [...jobs]
  const ended = await Promise.all(Array.from({ length: lanes }, () => takeInTurn(waiting, start, tell)))
  const counts = ended.flat()
  return {
    passed: sum(counts.map(({ passed }) => passed)),
    failed: sum(counts.map(({ failed }) => failed)),
    skipped: counts.flatMap(({ skipped }) => skipped),
    parts: counts.flatMap(({ parts }) => parts),
    failures: counts.flatMap(({ failures }) => failures),
  }
}

async function takeInTurn(waiting: Job[], start: number, tell: (text: string) => void): Promise<Counts[]> {
  const ended: Counts[] = []
  for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) {
    tell(`${since(start)}  begins  ${job.title}`)
    const [began, busy] = [performance.now(), busyMilliseconds()]
    const { output, ...counts } = await job.run()
    tell(`\n== ${job.title} ==\n${output.trimEnd()}\n`)
    const cores = (busyMilliseconds() - busy) / (performance.now() - began)
    tell(
      `${since(start)}  ended   ${job.title}: ${counts.passed} passed, ${counts.failed} failed; meanwhile ${cores.toFixed(1)} of ${cpus().length} cores were busy`,
    )
    ended.push(counts)
  }
  return ended
}

/** Of all cores and programs together: whether one more lane would find something to run on. */
const busyMilliseconds = (): number =>
  cpus().reduce((all, { times }) => all + times.user + times.nice + times.sys + times.irq, 0)

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0)
const since = (start: number): string => `${((performance.now() - start) / 1000).toFixed(0).padStart(5)} s`
