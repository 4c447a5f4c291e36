import type { RunFolder } from '../record/run-folder.ts'
import { readTranscripts } from '../record/transcripts.ts'
// Not when they are needed: Ctrl-C reaches the process that turns TypeScript into JavaScript as well, and nothing is loaded after it.
import { renderHtml } from '../report/html/page.ts'
import { renderJunit } from '../report/junit.ts'
import type { Results } from '../report/results.ts'
import { renderResults } from '../report/results-json.ts'
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
  folder.report('results.json', renderResults(results))
  const transcripts = readTranscripts(folder.folder, redact)
  const report = { run: folder.run, results, verdict, transcripts }
  folder.report('junit.xml', renderJunit(report))
  return [folder.report('report.html', renderHtml(report))]
}
