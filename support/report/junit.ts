/** JUnit XML as CI servers read it: a suite per feature, a case per scenario; `error` for what could not be checked. */
import { explanations } from './explanation.ts'
import type { Report, ReportFormat } from './report.ts'
import {
  type EarlierTry,
  type FeatureResult,
  isFlaky,
  type ScenarioResult,
  titleOf,
  type UnreadableFeature,
} from './results/result-types.ts'
import { escapeXml } from './xml.ts'

export const junitReport: ReportFormat = {
  file: 'junit.xml',
  help: 'JUnit XML for CI servers',
  audience: 'programs',
  render: renderJunit,
}

export function renderJunit({ results, run }: Report): string {
  const suites = results.features.map(feature => suite(feature, run.start))
  const unreadable = results.unreadable.map(each => unreadableSuite(each, run.start))
  const all = results.scenarios
  const attributes = {
    name: 'nixcumber',
    ...counts(all, results.unreadable.length),
    time: seconds((results.finished ?? 0) - (results.started ?? results.finished ?? 0)),
  }
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element('testsuites', attributes, [...suites, ...unreadable])}\n`
}

function suite({ uri, name, scenarios }: FeatureResult, timestamp: string): string {
  const time = seconds(scenarios.reduce((sum, { milliseconds }) => sum + milliseconds, 0))
  return element('testsuite', { name, file: uri, ...counts(scenarios, 0), time, timestamp }, scenarios.map(testcase))
}

function unreadableSuite({ uri, line, message }: UnreadableFeature, timestamp: string): string {
  const attributes = { name: uri, file: uri, tests: 1, failures: 0, errors: 1, skipped: 0, time: seconds(0), timestamp }
  const error = element('error', { type: 'refused', message: firstLine(message) }, [escapeXml(message)])
  return element('testsuite', attributes, [
    element(
      'testcase',
      { name: 'the feature can be read', classname: uri, file: uri, ...(line ? { line } : {}), time: seconds(0) },
      [error],
    ),
  ])
}

function testcase(scenario: ScenarioResult): string {
  const { feature, rule, uri, line, milliseconds } = scenario
  const attributes = {
    name: titleOf(scenario),
    classname: rule ? `${feature} › ${rule}` : feature,
    file: uri,
    line,
    time: seconds(milliseconds),
  }
  return element('testcase', attributes, [
    ...outcome(scenario),
    ...scenario.earlier.map(each => earlierTry(each, scenario)),
  ])
}

/** As Maven's surefire tells tries that were followed by another: `flakyFailure` when one held in the end, `rerunFailure` when none did. */
function earlierTry({ outcome, said, message }: EarlierTry, scenario: ScenarioResult): string {
  const kind = `${isFlaky(scenario) ? 'flaky' : 'rerun'}${outcome === 'failed' ? 'Failure' : 'Error'}`
  return element(kind, { type: outcome, message: firstLine(message) }, [escapeXml(said)])
}

function outcome(scenario: ScenarioResult): string[] {
  const kind = KIND[scenario.outcome]
  if (kind === undefined) return []
  if (kind === 'skipped') return [element('skipped', scenario.reason ? { message: scenario.reason } : {}, [])]
  const text = explanations(scenario).join('\n\n')
  const step = scenario.steps.find(each => each.error)
  const message = firstLine(step?.error?.message ?? text)
  return [element(kind, { type: step?.error?.type ?? scenario.outcome, message }, [escapeXml(text)])]
}

/** JUnit's words: a failure is a claim that did not hold, an error is everything that kept a claim from being judged. */
const KIND = {
  held: undefined,
  skipped: 'skipped',
  failed: 'failure',
  refused: 'error',
  error: 'error',
  unfinished: 'error',
} as const

function counts(all: readonly ScenarioResult[], unreadable: number): Record<string, number> {
  const count = (kind: string): number => all.filter(({ outcome }) => KIND[outcome] === kind).length
  return {
    tests: all.length + unreadable,
    failures: count('failure'),
    errors: count('error') + unreadable,
    skipped: count('skipped'),
    flakes: all.filter(isFlaky).length,
  }
}

function element(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  children: readonly string[],
): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeXml(String(value))}"`)
  if (children.length === 0) return `<${name}${written.join('')}/>`
  return `<${name}${written.join('')}>\n${children.join('\n')}\n</${name}>`
}

const firstLine = (text: string): string => text.trimStart().split('\n')[0] ?? ''
const seconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(3)
