/** Reports of a run that was recorded, and of larger ones made of it, by the code that folds and judges every run. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Envelope } from '@cucumber/messages'
import type { Report } from '../report.ts'
import { Results } from '../results/results.ts'
import { type Judged, verdictOf } from '../verdict.ts'

const RECORDED = readFileSync(
  join(import.meta.dirname, '../../../fixtures/transcripts/mixed-run/messages.ndjson'),
  'utf8',
).trimEnd()

const parse = (lines: string): Envelope[] => lines.split('\n').map(line => JSON.parse(line) as Envelope)

/** Eleven scenarios that ended in every way there is, with names and outputs that are hostile to reports. */
export const recorded: readonly Envelope[] = parse(RECORDED)

export function fold(envelopes: readonly Envelope[]): Results {
  const results = new Results()
  for (const envelope of envelopes) results.accept(envelope)
  return results
}

/** So many scenarios: the recorded ones over and over, each copy in features of its own, about a machine of its own. */
export function manyResults(count: number): Results {
  const results = new Results()
  for (let copy = 1; results.scenarios.length < count; copy++) {
    const lines = RECORDED.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, `$&-${copy}`)
      .replaceAll('"features/', `"features/${copy}/`)
      .replaceAll('on web was', `on web${copy} was`)
    let room = count - results.scenarios.length
    for (const envelope of parse(lines)) if (!envelope.testCase || room-- > 0) results.accept(envelope)
  }
  return results
}

export function reportOf(results: Results, more: Partial<Judged> = {}): Report {
  const verdict = verdictOf({ results, inputs: 'real', machines: ['web'], dryRun: false, ...more })
  return {
    results,
    verdict,
    run: {
      format: 1,
      tool: { name: 'nixcumber', version: '1.2.3', node: '20.19.0' },
      command: ['run', '--tags', '<b>'],
      inputs: more.inputs ?? 'real',
      start: '2026-05-01T12:00:00.000Z',
      end: '2026-05-01T12:01:30.000Z',
      exitCode: verdict.exitCode,
      flake: { reference: '.', revision: '0123456789abcdef', narHash: 'sha256-AAAA' },
      toplevels: { web: '/nix/store/00000000000000000000000000000000-nixos-system-web' },
      machines: { web: { driver: 'nixos-shell', transport: 'serial', accelerator: 'tcg', 'seconds to ready': 18.5 } },
      notes: ['/dev/kvm does not answer: the machine is emulated'],
    },
    folder: '/home/me/web/out',
    evidence: ['evidence/nix/001-build.log', 'evidence/web/console.log'],
    transcripts: [{ path: 'evidence/web/console.log', text: '[    0.0] Linux </pre><script>\r\n', bytes: 40 }],
  }
}
