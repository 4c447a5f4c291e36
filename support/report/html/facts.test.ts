import assert from 'node:assert/strict'
import test from 'node:test'
import type { Report } from '../report.ts'
import { manyResults, reportOf } from '../testing/reports.ts'
import { consoles } from './consoles.ts'
import { facts } from './facts.ts'
import { renderHtml } from './page.ts'

const report = reportOf(manyResults(11))
const rowsOf = (run: Partial<Report['run']>): Record<string, string> => {
  const { text } = facts({ ...report, run: { ...report.run, ...run } })
  const cells = text.matchAll(/<th scope="row">([^<]*)<\/th><td>([^<]*)<\/td>/g)
  return Object.fromEntries([...cells].map(([, key = '', value = '']) => [key, value]))
}

test('what was judged is told in full, each row only where something is known', () => {
  assert.deepEqual(rowsOf({}), {
    Flake: '.',
    Revision: '0123456789abcdef',
    narHash: 'sha256-AAAA',
    'System of web': `/nix/store/${'0'.repeat(32)}-nixos-system-web`,
    Inputs: 'real',
    driver: 'nixos-shell',
    transport: 'serial',
    accelerator: 'tcg',
    'seconds to ready': '18.5',
    nixcumber: '1.2.3',
    'Node.js': '20.19.0',
    Command: 'nixcumber run --tags &lt;b&gt;',
    Start: '2026-05-01T12:00:00.000Z',
    End: '2026-05-01T12:01:30.000Z',
    'Exit code': '1',
  })
})

test('changes that are in no commit, look-alike inputs, inputs and what the harness sets are told', () => {
  const features = { revision: 'abc', hash: 'sha256-B' }
  assert.equal(rowsOf({ features: { ...features, dirty: true } }).Features, 'abc, with changes, sha256-B')
  assert.equal(rowsOf({ features: { ...features, dirty: false } }).Features, 'abc, sha256-B')
  assert.equal(rowsOf({ features: { hash: 'sha256-B' } }).Features, 'sha256-B')
  assert.equal(rowsOf({ inputs: 'offline' }).Inputs, 'offline look-alikes')
  const flake = { reference: '.', inputs: { nixpkgs: 'github:a/b' }, harness: ['a.b', 'c.d'] }
  const { 'Input nixpkgs': input, 'Set by the harness': harness } = rowsOf({ flake })
  assert.deepEqual([input, harness], ['github:a/b', 'a.b, c.d'])
  const { 'seconds to ready': seconds } = rowsOf({ machines: { web: { secondsToReady: 3 } } })
  assert.equal(seconds, '3')
})

test('notes stand in a list, and without any there is none', () => {
  assert.match(facts(report).text, /<h3>Notes<\/h3><ul><li>\/dev\/kvm does not answer/)
  assert.doesNotMatch(facts({ ...report, run: { ...report.run, notes: [] } }).text, /Notes/)
})

test('a rehearsal says so, and only a rehearsal', () => {
  assert.doesNotMatch(renderHtml(report), /Offline inputs/)
  assert.match(renderHtml(reportOf(manyResults(11), { inputs: 'offline' })), /class="caution"><b>Offline inputs/)
})

test('evidence is told with its size, the end of it or the whole; without any there is no place for it', () => {
  assert.equal(consoles({ ...report, evidence: [], transcripts: [] }), false)
  const shown = (bytes: number, text = 'x', evidence: readonly string[] = []) => {
    const found = consoles({ ...report, evidence, transcripts: [{ path: 'evidence/c.log', text, bytes }] })
    return found === false ? '' : found.text
  }
  assert.match(shown(1), /<small>1 bytes<\/small>[\s\S]*<p>The file: /)
  assert.match(shown(1024), /<small>1 KiB<\/small>[\s\S]*<p>The end of it; the whole file: /)
  assert.match(shown(1600, 'a\r\nb'), /<small>2 KiB<\/small>[\s\S]*>a\nb</)
  assert.doesNotMatch(shown(1, 'x', ['evidence/c.log']), /class="files"/)
  assert.match(shown(1, 'x', ['evidence/d.txt']), /class="files"><li><a href="evidence\/d.txt"/)
})

test('consoles of 2 MiB together are shown; one that is too long is a link, and takes no room of those behind it', () => {
  const consolesOf = (...lengths: readonly number[]): string[] => {
    const transcripts = lengths.map((length, at) => ({ path: `${at}.log`, text: 'x'.repeat(length), bytes: length }))
    const found = consoles({ ...report, evidence: transcripts.map(({ path }) => path), transcripts })
    return [...(found === false ? '' : found.text).matchAll(/<summary>(\S+) /g)].map(([, path = '']) => path)
  }
  const MIB = 1024 * 1024
  assert.deepEqual(consolesOf(MIB, MIB), ['0.log', '1.log'])
  assert.deepEqual(consolesOf(MIB, MIB + 1, 10), ['0.log', '2.log'])
})

test('a machine that scenarios had in more than one size says who had which', () => {
  const sizes = {
    web: [
      { memoryMiB: 1024, cores: 1, scenarios: ['one', 'two'] },
      { memoryMiB: 4096, cores: 2, diskMiB: 20_480, scenarios: ['a <big> one'] },
    ],
  }
  const { text } = facts({ ...report, run: { ...report.run, sizes } })
  assert.match(text, /<tr><td>1024<\/td><td>1<\/td><td><\/td><td>one, two<\/td><\/tr>/)
  assert.match(text, /<tr><td>4096<\/td><td>2<\/td><td>20480<\/td><td>a &lt;big&gt; one<\/td><\/tr>/)
  assert.doesNotMatch(facts(report).text, /more than one size/)
})
