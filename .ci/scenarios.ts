/** The scenarios as the JUnit report counts them, so that the report itself is used as others use it. */
import { existsSync, readFileSync } from 'node:fs'
import type { Counts, Part } from './events.ts'

/** A run that left no report has failed. */
export function readScenarios(file: string): Counts {
  if (!existsSync(file)) return { passed: 0, failed: 1, skipped: [], parts: [], failures: [`there is no ${file}`] }
  const text = readFileSync(file, 'utf8')
  const [head = ''] = /<testsuites[^>]*>/.exec(text) ?? []
  const [tests, unmet, errors] = ['tests', 'failures', 'errors'].map(name => Number(attribute(head, name)))
  const failed = (unmet ?? Number.NaN) + (errors ?? Number.NaN)
  const skipped = [...text.matchAll(/<testcase ([^>]*)>\n<skipped([^>]*)/g)].map(
    ([, scenario = '', skip = '']) => `${title(` ${scenario}`)}: ${attribute(skip, 'message') ?? 'without a reason'}`,
  )
  return {
    passed: (tests ?? Number.NaN) - failed - skipped.length,
    failed,
    skipped,
    parts: parts(text),
    failures: failures(text),
  }
}

const parts = (text: string): Part[] =>
  [...text.matchAll(/<testcase [^>]*>/g)].map(([tag]) => ({
    name: title(tag),
    milliseconds: Number(attribute(tag, 'time')) * 1000,
  }))

const failures = (text: string): string[] =>
  [...text.matchAll(/<testcase ([^>]*)>\n<(?:failure|error)[^>]*>([^<]*)</g)].map(
    ([, scenario = '', said = '']) => `${title(` ${scenario}`)}\n${plain(said).trim()}`,
  )

const title = (tag: string): string => `${attribute(tag, 'file')}:${attribute(tag, 'line')}: ${attribute(tag, 'name')}`

const ENTITIES: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&amp;': '&',
}

function plain(escaped: string): string
function plain(escaped: string | undefined): string | undefined
function plain(escaped: string | undefined): string | undefined {
  return escaped?.replaceAll(/&(lt|gt|quot|#39|amp);/g, entity => ENTITIES[entity] ?? '')
}

const attribute = (tag: string, name: string): string | undefined =>
  plain(new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1])
