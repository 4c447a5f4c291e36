/** A worker's progress and record: everything it learns is told to the coordinator, who writes it down. */
import { join } from 'node:path'
import type { Progress } from '../../core/progress.ts'
import type { RunRecord } from '../../record/run/run-record.ts'
import { writeFacts } from '../../record/write-facts.ts'
import { makeFolder, unwritable } from '../../record/write-file.ts'
import type { FromWorker } from './protocol.ts'

type Tell = (message: FromWorker) => void

export function remoteProgress(tell: Tell): Progress {
  let count = 0
  return {
    start(what) {
      const id = ++count
      tell({ type: 'task', id, event: 'start', text: what })
      return {
        update: text => tell({ type: 'task', id, event: 'update', text }),
        done: text => tell({ type: 'task', id, event: 'done', ...(text === undefined ? {} : { text }) }),
      }
    },
    note: text => tell({ type: 'note', text, shown: true }),
  }
}

/** @param part the worker's own folder among the evidence: two workers may have machines of one name */
export const remoteRecord = (tell: Tell, folder: string, part: string): RunRecord => ({
  folder,
  evidence(subject) {
    const path = join(folder, 'evidence', part, subject.replaceAll(/[^\w.@+-]+/g, '-'))
    try {
      makeFolder(path)
      return path
    } catch (error) {
      throw unwritable(path, error)
    }
  },
  flake: facts => tell({ type: 'flake', facts }),
  toplevel: (host, path) => tell({ type: 'toplevel', host, path }),
  machine: (name, facts) => tell({ type: 'machine', name, facts }),
  size: (name, size, scenario) => tell({ type: 'size', name, size, scenario }),
  differences: (name, differences) => tell({ type: 'differences', name, differences }),
  // Whole files of different names: no other worker's words come between.
  facts: facts => writeFacts(folder, facts),
  note: text => tell({ type: 'note', text, shown: false }),
})
