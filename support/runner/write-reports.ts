import type { RunFolder } from '../record/run/run-folder.ts'
import { evidenceFiles, readTranscripts } from '../record/transcripts.ts'
// Not when they are needed: Ctrl-C reaches the process that turns TypeScript into JavaScript as well, and nothing is loaded after it.
import { REPORTS } from '../report/formats.ts'
import type { Results } from '../report/results/results.ts'
import type { Verdict } from '../report/verdict.ts'

interface Judged {
  readonly folder: RunFolder
  readonly results: Results
  readonly verdict: Verdict
  /** Takes secrets out of what was never a message. */
  redact(text: string): string
}

/** Every format; gives the files that a person opens. */
export function writeReports({ folder, results, verdict, redact }: Judged): string[] {
  const evidence = evidenceFiles(folder.folder)
  const transcripts = readTranscripts(folder.folder, evidence, redact)
  const report = { run: folder.run, folder: folder.folder, results, verdict, evidence, transcripts }
  return REPORTS.flatMap(({ file, audience, render }) => {
    const path = folder.report(file, render(report))
    return audience === 'people' ? [path] : []
  })
}
