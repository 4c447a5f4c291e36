/** Every report of a run, in the order of writing: what is written, replaced, told and explained in the help follows from this list. */
import { htmlReport } from './html/page.ts'
import { junitReport } from './junit.ts'
import type { ReportFormat } from './report.ts'
import { resultsReport } from './results-json.ts'

export const REPORTS: readonly ReportFormat[] = [resultsReport, junitReport, htmlReport]

export const REPORT_FILES: readonly string[] = REPORTS.map(({ file }) => file)
